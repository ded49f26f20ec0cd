import type { Binding, BindingTable, Headers } from './binding.js';
import type { Destination } from './destination.js';

/** Type `fanout`: every binding matches. */
export class FanoutBindings<Q> implements BindingTable<Q> {
  #bindings: readonly Binding<Q>[] = [];

  add(binding: Binding<Q>): void {
    this.#bindings = [...this.#bindings, binding];
  }

  remove(binding: Binding<Q>): void {
    this.#bindings = this.#bindings.filter((other) => other !== binding);
  }

  match(_key: string, _headers: Headers, visit: (destination: Destination<Q>) => void): void {
    for (let i = 0; i < this.#bindings.length; i++) visit(this.#bindings[i]!.destination);
  }
}

import type { Binding, BindingTable, Headers } from './binding.js';
import type { Destination } from './destination.js';

/** Type `direct`: the routing key is the binding key. */
export class DirectBindings<Q> implements BindingTable<Q> {
  readonly #byKey = new Map<string, Binding<Q>[]>();

  add(binding: Binding<Q>): void {
    const known = this.#byKey.get(binding.key);
    if (known === undefined) this.#byKey.set(binding.key, [binding]);
    else known.push(binding);
  }

  remove(binding: Binding<Q>): void {
    const left = this.#byKey.get(binding.key)?.filter((other) => other !== binding) ?? [];
    if (left.length === 0) this.#byKey.delete(binding.key);
    else this.#byKey.set(binding.key, left);
  }

  match(key: string, _headers: Headers, visit: (destination: Destination<Q>) => void): void {
    const bindings = this.#byKey.get(key);
    if (bindings === undefined) return;
    for (let i = 0; i < bindings.length; i++) visit(bindings[i]!.destination);
  }
}

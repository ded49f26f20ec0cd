import type { Binding, BindingTable, Headers } from './binding.js';
import type { Destination } from './destination.js';

/** A word of a binding key and what may follow it. */
class Node<Q> {
  /** Whether this is a `#`, which goes on taking words. */
  readonly isHash: boolean;
  readonly words = new Map<string, Node<Q>>();
  star: Node<Q> | null = null;
  hash: Node<Q> | null = null;
  /** Bindings whose key ends here. */
  bindings: Binding<Q>[] = [];
  /** Number of the step that came here last. */
  reachedBy = 0;

  constructor(isHash: boolean) {
    this.isHash = isHash;
  }

  get isEmpty(): boolean {
    return this.bindings.length === 0 && this.words.size === 0 && this.star === null && this.hash === null;
  }
}

/**
 * Type `topic`: keys are words between dots; in a binding key `*` stands for one word and `#` for any number of them, none
 * included. (AMQP 0-9-1 §3.1.3.3.) The empty key has no words; between two dots lies an empty word.
 *
 * The binding keys form a trie. A match walks the words of the routing key once and carries along the set of nodes that they lead
 * to, so it takes at most words × nodes steps, however many `#` there are: no key makes it explode.
 */
export class TopicBindings<Q> implements BindingTable<Q> {
  readonly #root = new Node<Q>(false);
  #reached: Node<Q>[] = [];
  #next: Node<Q>[] = [];
  #step = 0;

  add(binding: Binding<Q>): void {
    let node = this.#root;
    for (const word of wordsOf(binding.key)) node = childFor(node, word);
    node.bindings.push(binding);
  }

  remove(binding: Binding<Q>): void {
    removeBelow(this.#root, wordsOf(binding.key), 0, binding);
  }

  match(key: string, _headers: Headers, visit: (destination: Destination<Q>) => void): void {
    this.#beginStep();
    this.#reach(this.#root);
    for (let start = 0; start <= key.length && key.length > 0;) {
      const dot = key.indexOf('.', start);
      const end = dot === -1 ? key.length : dot;
      this.#follow(key.slice(start, end));
      start = end + 1;
    }
    for (let i = 0; i < this.#next.length; i++) {
      const { bindings } = this.#next[i]!;
      for (let j = 0; j < bindings.length; j++) visit(bindings[j]!.destination);
    }
  }

  #beginStep(): void {
    const spare = this.#reached;
    this.#reached = this.#next;
    this.#next = spare;
    this.#next.length = 0;
    this.#step += 1;
  }

  #follow(word: string): void {
    this.#beginStep();
    const reached = this.#reached;
    for (let i = 0; i < reached.length; i++) {
      const node = reached[i]!;
      if (node.isHash) this.#reach(node);
      const child = node.words.get(word);
      if (child !== undefined) this.#reach(child);
      if (node.star !== null) this.#reach(node.star);
    }
  }

  #reach(node: Node<Q>): void {
    if (node.reachedBy === this.#step) return;
    node.reachedBy = this.#step;
    this.#next.push(node);
    if (node.hash !== null) this.#reach(node.hash);
  }
}

function wordsOf(key: string): string[] {
  return key === '' ? [] : key.split('.');
}

function childFor<Q>(node: Node<Q>, word: string): Node<Q> {
  if (word === '*') return (node.star ??= new Node(false));
  if (word === '#') return (node.hash ??= new Node(true));
  const known = node.words.get(word);
  if (known !== undefined) return known;
  const made = new Node<Q>(false);
  node.words.set(word, made);
  return made;
}

/** Takes nodes away that lead nowhere any more. */
function removeBelow<Q>(node: Node<Q>, words: readonly string[], depth: number, binding: Binding<Q>): void {
  if (depth === words.length) {
    node.bindings = node.bindings.filter((other) => other !== binding);
    return;
  }
  const word = words[depth]!;
  const child = word === '*' ? node.star : word === '#' ? node.hash : (node.words.get(word) ?? null);
  if (child === null) return;
  removeBelow(child, words, depth + 1, binding);
  if (!child.isEmpty) return;
  if (word === '*') node.star = null;
  else if (word === '#') node.hash = null;
  else node.words.delete(word);
}

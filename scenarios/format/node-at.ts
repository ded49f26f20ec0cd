import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import type { Span } from './source.js';

export type Path = readonly (string | number)[];

/** What stands at a path: its key (null in a list) and its value. */
export interface PlaceInDocument {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** The node at a path, through aliases; null when there is none. */
export function nodeAt(document: Document, path: Path): PlaceInDocument | null {
  let place: PlaceInDocument = { key: null, value: document.contents };
  for (const step of path) {
    const next: PlaceInDocument | null = child(resolved(document, place.value), step);
    if (next === null) return null;
    place = next;
  }
  return place;
}

/** The node at a path or, where nothing is, at the longest beginning of it. */
export function nearestNodeAt(document: Document, path: Path): PlaceInDocument & { readonly depth: number } {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const place = nodeAt(document, path.slice(0, depth));
    if (place !== null) return { ...place, depth };
  }
  return { key: null, value: document.contents, depth: 0 };
}

export function spanOfNode(node: Node | null): Span | null {
  return node?.range ? { start: node.range[0], end: node.range[1] } : null;
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function child(parent: Node | null, step: string | number): PlaceInDocument | null {
  if (isSeq(parent)) {
    const item = parent.items[Number(step)] as Node | undefined;
    return item === undefined ? null : { key: null, value: item };
  }
  if (!isMap(parent)) return null;
  const pair = (parent.items as Pair<Node, Node | null>[]).find((item) => isPair(item) && keyText(item.key) === String(step));
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

function keyText(key: Node): string | null {
  return isScalar(key) ? String(key.value) : null;
}

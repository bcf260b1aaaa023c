import { ALPHABET_SIZE } from './letters.ts';

/**
 * Finds all of many patterns in one pass over a text (Aho and Corasick). Patterns and text are strands
 * of codes below `ALPHABET_SIZE`; a pattern may be added more than once, each with its own number.
 */
export class Automaton {
  readonly #nodeParent: number[] = [0];
  readonly #nodeCode: number[] = [0];
  readonly #nodeDepth: number[] = [0];
  readonly #edges = new Map<number, number>();
  /** The first number ending at a node, and the next one ending at the same node; -1 for none. */
  readonly #firstHere: number[] = [-1];
  readonly #nextHere = new Map<number, number>();
  #table: Int32Array = new Int32Array(0);
  #targets: Int32Array = new Int32Array(0);
  #mask = 0;
  #fail: Int32Array = new Int32Array(0);
  /** The nearest node along the fail links where something ends, itself included; -1 for none. */
  #ending: Int32Array = new Int32Array(0);

  /** Adds a pattern under a number of the caller's, 0 or more. Empty ones are ignored. */
  add(codes: ArrayLike<number>, number: number): void {
    let node = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] ?? 0;
      const edge = node * ALPHABET_SIZE + code;
      let next = this.#edges.get(edge);
      if (next === undefined) {
        next = this.#nodeParent.length;
        this.#edges.set(edge, next);
        this.#nodeParent.push(node);
        this.#nodeCode.push(code);
        this.#nodeDepth.push(i + 1);
        this.#firstHere.push(-1);
      }
      node = next;
    }
    if (node === 0) return;
    const first = this.#firstHere[node] ?? -1;
    if (first >= 0) this.#nextHere.set(number, first);
    this.#firstHere[node] = number;
  }

  /** To be called once, after the last `add`. */
  build(): void {
    let size = 1024;
    while (size < this.#edges.size * 2) size *= 2;
    this.#mask = size - 1;
    this.#table = new Int32Array(size).fill(-1);
    this.#targets = new Int32Array(size);
    for (const [edge, target] of this.#edges) {
      let slot = scatter(edge) & this.#mask;
      while (this.#table[slot] !== -1) slot = (slot + 1) & this.#mask;
      this.#table[slot] = edge;
      this.#targets[slot] = target;
    }
    const nodes = this.#nodeParent.length;
    this.#fail = new Int32Array(nodes);
    this.#ending = new Int32Array(nodes).fill(-1);
    // Parents before children, level by level: a node's number is higher than its parent's, not than its level's.
    let deepest = 0;
    for (const depth of this.#nodeDepth) if (depth > deepest) deepest = depth;
    const starts = new Int32Array(deepest + 2);
    for (const depth of this.#nodeDepth) starts[depth + 1] = (starts[depth + 1] ?? 0) + 1;
    for (let depth = 1; depth < starts.length; depth++)
      starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0);
    const order = new Int32Array(nodes);
    for (let node = 0; node < nodes; node++) {
      const depth = this.#nodeDepth[node] ?? 0;
      order[starts[depth] ?? 0] = node;
      starts[depth] = (starts[depth] ?? 0) + 1;
    }
    for (const node of order) {
      if (node === 0) continue;
      const code = this.#nodeCode[node] ?? 0;
      const parent = this.#nodeParent[node] ?? 0;
      let fail = 0;
      if (parent !== 0) {
        fail = this.#step(this.#fail[parent] ?? 0, code);
      }
      this.#fail[node] = fail;
      this.#ending[node] = (this.#firstHere[node] ?? -1) >= 0 ? node : (this.#ending[fail] ?? -1);
    }
    this.#edges.clear();
  }

  #child(node: number, code: number): number {
    const edge = node * ALPHABET_SIZE + code;
    let slot = scatter(edge) & this.#mask;
    for (let key = this.#table[slot]; key !== -1; key = this.#table[slot]) {
      if (key === edge) return this.#targets[slot] ?? 0;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  #step(from: number, code: number): number {
    let node = from;
    for (;;) {
      const child = this.#child(node, code);
      if (child >= 0) return child;
      if (node === 0) return 0;
      node = this.#fail[node] ?? 0;
    }
  }

  /** Calls `visit` with the number of every pattern found and the index just past its last code. */
  scan(codes: ArrayLike<number>, visit: (number: number, end: number) => void): void {
    let node = 0;
    for (let i = 0; i < codes.length; i++) {
      node = this.#step(node, codes[i] ?? 0);
      let ending = this.#ending[node] ?? -1;
      while (ending >= 0) {
        for (
          let number: number | undefined = this.#firstHere[ending];
          number !== undefined && number >= 0;
          number = this.#nextHere.get(number)
        ) {
          visit(number, i + 1);
        }
        ending = this.#ending[this.#fail[ending] ?? 0] ?? -1;
      }
    }
  }
}

const scatter = (edge: number): number => {
  const mixed = Math.imul(edge, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

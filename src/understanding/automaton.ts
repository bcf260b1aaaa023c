import { ALPHABET_SIZE } from './letters.ts';

/**
 * Finds all of many patterns in one pass over a text (Aho and Corasick). Patterns and text are strands
 * of codes below `ALPHABET_SIZE`; a pattern may be added more than once, each with its own number.
 * Edges stand in one open-addressed table, so that tens of thousands of nodes take a megabyte.
 */
export class Automaton {
  #nodes = 1;
  #parent: Int32Array;
  #code: Uint8Array;
  #depth: Uint8Array;
  /** The first number ending at a node, and by number the next one ending at the same node; -1 for none. */
  #firstHere: Int32Array;
  #nextHere: Int32Array = new Int32Array(1024).fill(-1);
  /** Edges by `node * ALPHABET_SIZE + code`, and where they lead. */
  #edges: Int32Array;
  #targets: Int32Array;
  #fail: Int32Array = new Int32Array(0);
  /** The nearest node along the fail links where something ends, itself included; -1 for none. */
  #ending: Int32Array = new Int32Array(0);

  /** `expected`: about how many nodes there will be; more find room too. */
  constructor(expected: number) {
    const room = 1 << Math.ceil(Math.log2(Math.max(1024, expected)));
    this.#parent = new Int32Array(room);
    this.#code = new Uint8Array(room);
    this.#depth = new Uint8Array(room);
    this.#firstHere = new Int32Array(room).fill(-1);
    this.#edges = new Int32Array(room * 2).fill(-1);
    this.#targets = new Int32Array(room * 2);
  }

  /** Adds a stretch of at most 255 codes as a pattern under a number of the caller's, 0 or more. An empty one is ignored. */
  add(codes: Uint8Array, from: number, to: number, number: number): void {
    let node = 0;
    for (let i = from; i < to; i++) {
      const code = codes[i] ?? 0;
      const next = this.#child(node, code);
      node = next >= 0 ? next : this.#grow(node, code);
    }
    if (node === 0) return;
    while (number >= this.#nextHere.length) this.#nextHere = grown(this.#nextHere, -1);
    this.#nextHere[number] = this.#firstHere[node] ?? -1;
    this.#firstHere[node] = number;
  }

  #grow(parent: number, code: number): number {
    const node = this.#nodes++;
    if (node >= this.#parent.length) {
      this.#parent = grown(this.#parent, 0);
      this.#firstHere = grown(this.#firstHere, -1);
      this.#code = grownBytes(this.#code);
      this.#depth = grownBytes(this.#depth);
    }
    this.#parent[node] = parent;
    this.#code[node] = code;
    this.#depth[node] = (this.#depth[parent] ?? 0) + 1;
    if (this.#nodes * 2 > this.#edges.length) this.#widen();
    this.#connect(parent * ALPHABET_SIZE + code, node);
    return node;
  }

  #connect(edge: number, target: number): void {
    const mask = this.#edges.length - 1;
    let slot = scatter(edge) & mask;
    while (this.#edges[slot] !== -1) slot = (slot + 1) & mask;
    this.#edges[slot] = edge;
    this.#targets[slot] = target;
  }

  #widen(): void {
    const [edges, targets] = [this.#edges, this.#targets];
    this.#edges = new Int32Array(edges.length * 2).fill(-1);
    this.#targets = new Int32Array(edges.length * 2);
    for (let slot = 0; slot < edges.length; slot++) {
      const edge = edges[slot] ?? -1;
      if (edge !== -1) this.#connect(edge, targets[slot] ?? 0);
    }
  }

  /** To be called once, after the last `add`. */
  build(): void {
    const nodes = this.#nodes;
    this.#fail = new Int32Array(nodes);
    this.#ending = new Int32Array(nodes).fill(-1);
    for (const node of this.#byDepth()) {
      if (node === 0) continue;
      const parent = this.#parent[node] ?? 0;
      const fail = parent === 0 ? 0 : this.#step(this.#fail[parent] ?? 0, this.#code[node] ?? 0);
      this.#fail[node] = fail;
      this.#ending[node] = (this.#firstHere[node] ?? -1) >= 0 ? node : (this.#ending[fail] ?? -1);
    }
  }

  /** All nodes, level by level: a node's number is higher than its parent's, not than its level's. */
  #byDepth(): Int32Array {
    const starts = new Int32Array(257);
    for (let node = 0; node < this.#nodes; node++) {
      const depth = this.#depth[node] ?? 0;
      starts[depth + 1] = (starts[depth + 1] ?? 0) + 1;
    }
    for (let depth = 1; depth < starts.length; depth++)
      starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0);
    const order = new Int32Array(this.#nodes);
    for (let node = 0; node < this.#nodes; node++) {
      const depth = this.#depth[node] ?? 0;
      order[starts[depth] ?? 0] = node;
      starts[depth] = (starts[depth] ?? 0) + 1;
    }
    return order;
  }

  #child(node: number, code: number): number {
    const edge = node * ALPHABET_SIZE + code;
    const mask = this.#edges.length - 1;
    let slot = scatter(edge) & mask;
    for (let key = this.#edges[slot]; key !== -1; key = this.#edges[slot]) {
      if (key === edge) return this.#targets[slot] ?? 0;
      slot = (slot + 1) & mask;
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
  scan(codes: Uint8Array, visit: (number: number, end: number) => void): void {
    let node = 0;
    for (let i = 0; i < codes.length; i++) {
      node = this.#step(node, codes[i] ?? 0);
      let ending = this.#ending[node] ?? -1;
      while (ending >= 0) {
        for (let number = this.#firstHere[ending] ?? -1; number >= 0; number = this.#nextHere[number] ?? -1) {
          visit(number, i + 1);
        }
        ending = this.#ending[this.#fail[ending] ?? 0] ?? -1;
      }
    }
  }
}

function grown(array: Int32Array, filler: number): Int32Array {
  const larger = new Int32Array(array.length * 2).fill(filler, array.length);
  larger.set(array);
  return larger;
}

function grownBytes(array: Uint8Array): Uint8Array {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
}

const scatter = (edge: number): number => {
  const mixed = Math.imul(edge, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** A pattern as instructions for the matcher. A tree would need the call stack, and texts are long. */
import type { CharacterTest, Fold } from './characters.ts';
import type { Greed, LengthRange, PlaceTest, RegexNode, Repeat } from './nodes.ts';
import type { ParsedRegex } from './parse.ts';

export type Instruction =
  | { readonly op: 'character'; readonly test: CharacterTest }
  | { readonly op: 'place'; readonly test: PlaceTest }
  /** As many characters as there are, fewer if what follows fails. */
  | {
      readonly op: 'run';
      readonly test: CharacterTest;
      readonly min: number;
      readonly max: number;
      readonly keep: boolean;
    }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'split'; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'enter'; readonly counter: number }
  | Loop
  /** Starts the loop's next round. */
  | { readonly op: 'round'; readonly counter: number }
  | { readonly op: 'look'; readonly negative: boolean; readonly behind: LengthRange | undefined; readonly next: number }
  | { readonly op: 'atomic'; readonly next: number }
  | { readonly op: 'reference'; readonly index: number; readonly fold: Fold }
  | { readonly op: 'grapheme' }
  | { readonly op: 'accept' };

/** Decides whether to start another round. The counter's slot holds how many there were, the next where the last began. */
export interface Loop {
  readonly op: 'loop';
  readonly counter: number;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
  readonly exit: number;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly groups: number;
  /** How many numbers the matcher has to keep: two a group, two a loop. */
  readonly slots: number;
  readonly names: ReadonlyMap<string, number>;
  /** Whether any of its sets holds characters of two units. If none does, Java looks for matches at every unit. */
  readonly wide: boolean;
}

interface Writer {
  readonly code: Instruction[];
  slots: number;
  wide: boolean;
}

export function compile({ node, groups, names }: ParsedRegex): Program {
  const writer: Writer = { code: [], slots: (groups + 1) * 2, wide: false };
  write(node, writer);
  writer.code.push({ op: 'accept' });
  return { instructions: writer.code, groups, slots: writer.slots, names, wide: writer.wide };
}

/** One character of each kind beyond the first 65,536. */
const SAMPLES = [0x1f600, 0x10400, 0x10428, 0x20000, 0x1d7ce, 0xe0001, 0x10ffff];
const isWide = (test: CharacterTest): boolean => SAMPLES.some(test);

function write(node: RegexNode, writer: Writer): void {
  const { code } = writer;
  switch (node.type) {
    case 'empty':
      return;
    case 'character':
      code.push({ op: 'character', test: node.test });
      writer.wide ||= isWide(node.test);
      return;
    case 'place':
      code.push({ op: 'place', test: node.test });
      return;
    case 'sequence':
      for (const part of node.nodes) write(part, writer);
      return;
    case 'choice':
      writeChoice(node.nodes, writer);
      return;
    case 'group':
      writeGroup(node.node, node.index, writer);
      return;
    case 'repeat':
      writeRepeat(node, writer);
      return;
    case 'look':
      writeInner(node.node, writer, (next) => ({ op: 'look', negative: node.negative, behind: node.behind, next }));
      return;
    case 'atomic':
      writeInner(node.node, writer, (next) => ({ op: 'atomic', next }));
      return;
    case 'reference':
      code.push({ op: 'reference', index: node.index, fold: node.fold });
      return;
    case 'grapheme':
      code.push({ op: 'grapheme' });
  }
}

function writeGroup(node: RegexNode, index: number | undefined, writer: Writer): void {
  if (index !== undefined) writer.code.push({ op: 'save', slot: index * 2 });
  write(node, writer);
  if (index !== undefined) writer.code.push({ op: 'save', slot: index * 2 + 1 });
}

/** Room for an instruction that can only be written when it is known what comes after it. */
function reserve({ code }: Writer): number {
  code.push({ op: 'accept' });
  return code.length - 1;
}

function writeChoice(nodes: readonly RegexNode[], writer: Writer): void {
  const { code } = writer;
  const ends: number[] = [];
  for (const [index, node] of nodes.entries()) {
    if (index === nodes.length - 1) {
      write(node, writer);
      break;
    }
    const split = reserve(writer);
    write(node, writer);
    ends.push(reserve(writer));
    code[split] = { op: 'split', second: code.length };
  }
  for (const end of ends) code[end] = { op: 'jump', to: code.length };
}

/** A part the matcher runs by itself, to its own accept. */
function writeInner(node: RegexNode, writer: Writer, head: (next: number) => Instruction): void {
  const place = reserve(writer);
  write(node, writer);
  writer.code.push({ op: 'accept' });
  writer.code[place] = head(writer.code.length);
}

function writeRepeat(node: Repeat, writer: Writer): void {
  const { min, max, greed } = node;
  if (node.node.type === 'character' && greed !== 'lazy') {
    writer.code.push({ op: 'run', test: node.node.test, min, max, keep: greed === 'possessive' });
    writer.wide ||= isWide(node.node.test);
  } else if (greed === 'possessive') {
    writeInner({ ...node, greed: 'greedy' }, writer, (next) => ({ op: 'atomic', next }));
  } else {
    writeLoop(node, greed, writer);
  }
}

function writeLoop({ node, min, max }: Repeat, greed: Greed, writer: Writer): void {
  const { code } = writer;
  const counter = writer.slots;
  writer.slots += 2;
  code.push({ op: 'enter', counter });
  const loop = reserve(writer);
  code.push({ op: 'round', counter });
  write(node, writer);
  code.push({ op: 'jump', to: loop });
  code[loop] = { op: 'loop', counter, min, max, lazy: greed === 'lazy', exit: code.length };
}

/**
 * Runs a program on a text, trying the alternatives in Java's order. What has not been tried yet is kept on a stack of
 * its own, and what groups and loops had stored in a log, to be put back.
 */
import type { Fold } from './characters.ts';
import { graphemeEnd } from './places.ts';
import type { Instruction, Loop, Program } from './program.ts';

/** Java's own stack would have run over long before. */
export class RegexOverflow extends Error {
  override readonly name = 'RegexOverflow';
}

const MAX_ENTRIES = 2 ** 22;
/** How many instructions count as one step of the query. */
const STEPS = 512;
/** A frame is where to go on, from which index, down to which index it may give characters back, and the log's length. */
const FRAME = 4;

export class Matcher {
  /** Start and end of each group, -1 if it matched nothing; then the loops' counters. */
  readonly slots: Int32Array;
  readonly #program: Program;
  readonly #text: string;
  readonly #spend: () => void;
  readonly #stack: number[] = [];
  readonly #log: number[] = [];
  #steps = 0;
  #last = 0;

  constructor(program: Program, text: string, spend: () => void) {
    this.#program = program;
    this.#text = text;
    this.#spend = spend;
    this.slots = new Int32Array(program.slots);
  }

  /** Whether there is a match that starts at the index. `last` is where the one before ended. */
  matchAt(index: number, last: number): boolean {
    this.slots.fill(-1);
    this.#stack.length = 0;
    this.#log.length = 0;
    this.#last = last;
    const end = this.#run(0, index, -1);
    if (end < 0) return false;
    this.slots[0] = index;
    this.slots[1] = end;
    return true;
  }

  /** The end of a match of the instructions from `start` to their accept, or -1. */
  #run(start: number, from: number, mustEnd: number): number {
    const { instructions } = this.#program;
    const base = this.#stack.length;
    const mark = this.#log.length;
    let pc = start;
    let index = from;
    for (;;) {
      this.#step();
      const instruction = instructions[pc];
      if (!instruction) throw new Error('a program ends with accept');
      if (instruction.op === 'accept') {
        if (mustEnd < 0 || index === mustEnd) {
          this.#stack.length = base;
          return index;
        }
        index = -1;
      } else if (instruction.op === 'split') {
        this.#push(instruction.second, index, -1);
        pc += 1;
        continue;
      } else if (instruction.op === 'jump') {
        pc = instruction.to;
        continue;
      } else if (instruction.op === 'loop') {
        pc = this.#loop(instruction, pc, index);
        continue;
      } else {
        index = this.#simple(instruction, pc, index);
        pc = 'next' in instruction ? instruction.next : pc + 1;
      }
      if (index >= 0) continue;
      if (this.#stack.length === base) {
        this.#undo(mark);
        return -1;
      }
      pc = this.#back();
      index = this.#resumed;
    }
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps % STEPS === 0) {
      this.#spend();
      if (this.#stack.length + this.#log.length > MAX_ENTRIES) throw new RegexOverflow('the pattern goes too deep');
    }
  }

  /** Where the text goes on after an instruction, or -1. */
  #simple(
    instruction: Exclude<Instruction, Loop | { op: 'accept' | 'split' | 'jump' }>,
    pc: number,
    index: number,
  ): number {
    switch (instruction.op) {
      case 'character': {
        const code = this.#text.codePointAt(index);
        if (code === undefined || !instruction.test(code)) return -1;
        return code > 0xffff ? index + 2 : index + 1;
      }
      case 'place':
        return instruction.test(this.#text, index, this.#last) ? index : -1;
      case 'run':
        return this.#runOf(instruction, pc, index);
      case 'save':
        this.#set(instruction.slot, index);
        return index;
      case 'enter':
        this.#set(instruction.counter, 0);
        this.#set(instruction.counter + 1, -1);
        return index;
      case 'round':
        this.#set(instruction.counter, (this.slots[instruction.counter] ?? 0) + 1);
        this.#set(instruction.counter + 1, index);
        return index;
      case 'look':
        return this.#look(instruction, pc, index);
      case 'atomic':
        return this.#run(pc + 1, index, -1);
      case 'reference':
        return this.#reference(instruction.index, instruction.fold, index);
      case 'grapheme':
        return index < this.#text.length ? graphemeEnd(this.#text, index) : -1;
    }
  }

  #runOf(run: Extract<Instruction, { op: 'run' }>, pc: number, from: number): number {
    let index = from;
    let least = run.min === 0 ? from : -1;
    for (let count = 0; count < run.max; ) {
      const code = this.#text.codePointAt(index);
      if (code === undefined || !run.test(code)) break;
      index += code > 0xffff ? 2 : 1;
      count += 1;
      if (count === run.min) least = index;
      if (count % STEPS === 0) this.#spend();
    }
    if (least < 0) return -1;
    if (!run.keep && index > least) this.#push(pc + 1, index, least);
    return index;
  }

  /** On to the loop's next round or past it. An empty round ends a loop, however many are asked for. */
  #loop(loop: Loop, pc: number, index: number): number {
    const count = this.slots[loop.counter] ?? 0;
    if (this.slots[loop.counter + 1] === index) return loop.exit;
    if (count < loop.min) return pc + 1;
    if (count >= loop.max) return loop.exit;
    this.#push(loop.lazy ? pc + 1 : loop.exit, index, -1);
    return loop.lazy ? loop.exit : pc + 1;
  }

  #look(look: Extract<Instruction, { op: 'look' }>, pc: number, index: number): number {
    const mark = this.#log.length;
    const found = look.behind
      ? this.#behind(pc, index, look.behind.min, look.behind.max)
      : this.#run(pc + 1, index, -1) >= 0;
    if (look.negative) this.#undo(mark);
    return found === look.negative ? -1 : index;
  }

  #behind(pc: number, index: number, min: number, max: number): boolean {
    for (let from = index - min; from >= 0 && index - from <= max; from -= 1) {
      if (this.#run(pc + 1, from, index) >= 0) return true;
    }
    return false;
  }

  /** A group that matched nothing cannot be matched again. */
  #reference(group: number, fold: Fold, from: number): number {
    const start = group > this.#program.groups ? -1 : (this.slots[group * 2] ?? -1);
    const end = group > this.#program.groups ? -1 : (this.slots[group * 2 + 1] ?? -1);
    if (start < 0 || end < 0 || from + end - start > this.#text.length) return -1;
    for (let offset = 0; offset < end - start; ) {
      const expected = this.#text.codePointAt(start + offset) ?? 0;
      const found = this.#text.codePointAt(from + offset) ?? 0;
      if (expected !== found && fold(expected) !== fold(found)) return -1;
      offset += expected > 0xffff ? 2 : 1;
    }
    return from + end - start;
  }

  #push(pc: number, index: number, least: number): void {
    this.#stack.push(pc, index, least, this.#log.length);
  }

  #set(slot: number, value: number): void {
    this.#log.push(slot, this.slots[slot] ?? -1);
    this.slots[slot] = value;
  }

  #undo(mark: number): void {
    while (this.#log.length > mark) {
      const value = this.#log.pop() ?? -1;
      this.slots[this.#log.pop() ?? 0] = value;
    }
  }

  #resumed = 0;

  /** Takes up the last thing put off: answers the instruction and sets the index. */
  #back(): number {
    const top = this.#stack.length - FRAME;
    const [pc = 0, index = 0, least = -1, mark = 0] = this.#stack.slice(top);
    this.#undo(mark);
    this.#resumed = index;
    if (least < 0) {
      this.#stack.length = top;
      return pc;
    }
    // One character less of a run.
    const low = this.#text.charCodeAt(index - 1);
    const pair =
      low >= 0xdc00 && low <= 0xdfff && index - 2 >= least && (this.#text.codePointAt(index - 2) ?? 0) > 0xffff;
    this.#resumed = index - (pair ? 2 : 1);
    if (this.#resumed > least) this.#stack[top + 1] = this.#resumed;
    else this.#stack.length = top;
    return pc;
  }
}

/** How long what a look-behind matches can be. Java works it out in Ints, and refuses where one overflows in a repeat. */
import { EMPTY, ENDLESS, type LengthRange, type RegexNode, RegexSyntaxError, type Repeat } from './nodes.ts';

/** Of all that was measured so far. */
interface Measure {
  readonly min: number;
  readonly max: number;
  /** Whether there is a longest match. */
  readonly bounded: boolean;
  /** Whether it can only match in one way. Other groups Java repeats by a loop, which it takes for endless. */
  readonly fixed: boolean;
}

const NOTHING: Measure = { min: 0, max: 0, bounded: true, fixed: true };

export function lookBehindRange(node: RegexNode): LengthRange {
  const { min, max, bounded } = measure(node, NOTHING);
  if (!bounded) throw new RegexSyntaxError('Look-behind group does not have an obvious maximum length');
  // Characters may take two units.
  return { min, max: max < 0 ? ENDLESS : Math.min(max * 2, ENDLESS) };
}

function measure(node: RegexNode, before: Measure): Measure {
  switch (node.type) {
    case 'character':
      return { ...before, min: before.min + 1, max: (before.max + 1) | 0 };
    case 'sequence':
      return node.nodes.reduce((sum, part) => measure(part, sum), before);
    case 'choice': {
      const parts = node.nodes.map((part) => measure(part, NOTHING));
      return {
        min: before.min + Math.min(...parts.map((part) => part.min)),
        max: (before.max + Math.max(...parts.map((part) => part.max))) | 0,
        bounded: before.bounded && parts.every((part) => part.bounded),
        fixed: false,
      };
    }
    case 'group':
    case 'atomic':
      return measure(node.node, before);
    case 'repeat':
      return measureRepeat(node, before);
    case 'reference':
      return { ...before, bounded: false };
    default:
      return before;
  }
}

function measureRepeat({ node, min, max, greed }: Repeat, before: Measure): Measure {
  if (min === 0 && max === 1) {
    // A group that may be left out Java turns into a choice between it and nothing.
    if (node.type === 'group' && greed !== 'possessive')
      return measure({ type: 'choice', nodes: [node, EMPTY] }, before);
    return { ...measure(node, before), min: before.min, fixed: false };
  }
  if (node.type === 'character' && max === ENDLESS && greed === 'greedy') {
    return {
      ...before,
      min: before.min + min,
      max: before.bounded ? (before.max + ENDLESS) | 0 : before.max,
      fixed: false,
    };
  }
  const inner = measure(node, NOTHING);
  const loops = node.type === 'group' && greed !== 'possessive' && !inner.fixed;
  const longest = (Math.imul(inner.max, max) + before.max) | 0;
  return {
    min: before.min + inner.min * min,
    max: longest,
    bounded: before.bounded && inner.bounded && !loops && longest >= before.max,
    fixed: before.fixed && inner.fixed && min === max,
  };
}

import type { NoteSummary } from '../../../src/shared/notes/note.ts';

export const sampleNotes: { body: string; change?: Partial<NoteSummary> }[] = [
  {
    body: `# The hedge, in autumn

The old hedge behind the barn is **older than the barn**. Oak, field maple and *dog rose*, and where it is thin someone has mended it with \`fence wire\`.

## To do before the frost

- [x] Ask Tomas for the long ladder
- [x] Cut back the bramble on the north side
- [ ] Plant two hawthorns in the gap
- [ ] Photograph the spindle berries while they are pink

## Who lives there

1. A pair of wrens
2. Hedgehogs, to judge by the leaves
3. Something larger that digs at night

> A hedge is a wood that somebody has talked into standing in a line.

More about laying hedges: [the county's guide](https://example.org/hedges) or https://example.org/tools.

\`\`\`
row 1   hawthorn  hawthorn  maple
row 2   rose      oak       spindle
\`\`\`
`,
    change: { pinned: true, tags: ['garden', 'autumn'] },
  },
  { body: 'Shopping\n- [ ] Lamp oil\n- [ ] Rye flour\n- [x] Stamps', change: { sync: 'waiting' } },
  {
    body: 'Questions for the vet\nHow much salt is too much for the goats? And is the limp from the stone wall?',
    change: { tags: ['animals'] },
  },
  { body: 'Reading list\nThe Living Mountain. Waterlog. The Wild Places, again.', change: { tags: ['books'] } },
  {
    body: 'Minutes, water board\nThe new pump is late. We keep the old one until March.',
    change: { tags: ['village', 'meetings'], conflicted: true },
  },
  {
    body: 'Scan of the deed\nToo large for the server, it seems.',
    change: { sync: 'set-aside', tags: ['house'] },
  },
  { body: 'A dream about the ferry\nIt went backwards and nobody minded.' },
  { body: 'Plum jam\nTwo kilos of plums, one of sugar, a lemon, patience.', change: { tags: ['kitchen'] } },
  { body: 'Old packing list\nTent, rope, the good knife.', change: { trashedAt: 1_795_000_000_000 } },
];

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, data, document, indexOver, type Json, lambda, match, object, variable } from '../raw.ts';
import { as, bs, ns, type Sets, startSets } from './sets-fixture.ts';

describe('of combined sets', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
    for (const name of ['left', 'right']) {
      await fauna.ask({ create_collection: object({ name }) });
      await fauna.ask(indexOver(`${name}s`, name, [], ['n']));
    }
    await fauna.ask(create('left', { n: 1 }, '1'));
    await fauna.ask(create('right', { n: 1 }, '2'));
    await fauna.ask(create('right', { n: 1 }, '3'));
    await fauna.ask({ delete: document('right', '2') });
    await fauna.ask({ update: document('right', '3'), params: data({ n: 2 }) });
    await fauna.ask({ update: document('left', '1'), params: data({ n: 2 }) });
    await fauna.ask({ delete: document('right', '3') });
  });
  afterAll(() => fauna.close());

  const events = async (set: Json): Promise<string[]> =>
    (
      (await fauna.page({ events: set })).data as unknown as {
        action: string;
        document: { '@ref': Json };
        data: Json;
      }[]
    ).map((event) => `${event.action} ${(event.document['@ref'] as { id: string }).id} ${JSON.stringify(event.data)}`);
  const [left, right] = [match('lefts'), match('rights')];

  it.each<[string, Json, string[]]>([
    [
      'an intersection tells when the others have the same values, whatever the document',
      { intersection: [left, right] },
      ['add 2 [1]', 'remove 3 [1]', 'add 1 [2]', 'remove 3 [2]'],
    ],
    [
      'a difference tells when none of the others has the same values',
      { difference: [left, right] },
      ['add 1 [1]', 'remove 2 [1]', 'add 3 [1]', 'remove 1 [1]', 'add 3 [2]'],
    ],
    [
      'a union tells all, the same of the same document once',
      { union: [left, right, left] },
      [
        'add 1 [1]',
        'add 2 [1]',
        'add 3 [1]',
        'remove 2 [1]',
        'remove 3 [1]',
        'add 3 [2]',
        'remove 1 [1]',
        'add 1 [2]',
        'remove 3 [2]',
      ],
    ],
  ])('the history of %s', async (_, set, expected) => {
    expect(await events(set)).toEqual(expected);
  });

  const source = (name: string): Json => ({
    '@set': { match: { '@ref': { id: name, collection: { '@ref': { id: 'indexes' } } } } },
  });
  it.each<[string, Json, Json[]]>([
    ['each once, those of the last first', { union: [as, ns, as] }, [source('as'), source('ns')]],
    ['all members of an intersection', { intersection: [as, ns] }, [source('ns'), source('as')]],
    [
      'of a difference the first',
      { difference: [{ union: [as, bs] }, match('by_kind', 'even')] },
      [source('bs'), source('as')],
    ],
    ['of Distinct all that its first is from', { distinct: { union: [bs, as] } }, [source('as'), source('bs')]],
  ])('the sources are %s', async (_, set, sources) => {
    expect((await fauna.page(set, { sources: true, size: 1 })).data).toEqual([{ value: 1, sources }]);
  });

  it('an intersection finds from a cursor what it found before', async () => {
    const pages: Json[] = [];
    for (let after: Json | undefined = []; after !== undefined; ) {
      const page = await fauna.page({ intersection: [bs, as] }, { size: 1, after: { quote: after } });
      pages.push(...page.data);
      after = page.after;
    }
    expect(pages).toEqual([1, 2, 2, 3, 3]);
  });
});

describe('a join', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
    for (const name of ['groups', 'members']) await fauna.ask({ create_collection: object({ name }) });
    await fauna.ask(indexOver('groups_of', 'groups', ['who'], ['group']));
    await fauna.ask(indexOver('members_of', 'members', ['group'], ['name']));
    const group = (group: string): Json => ({ update: document('groups', '1'), params: data({ group }) });
    const member = (group: string): Json => ({ update: document('members', '1'), params: data({ group }) });
    await fauna.ask(create('groups', { who: 'ann', group: 'x' }, '1'));
    await fauna.ask(create('members', { group: 'x', name: 'bob' }, '1'));
    await fauna.ask(member('y'));
    await fauna.ask(group('z'));
    await fauna.ask(member('x'));
    await fauna.ask(group('x'));
    await fauna.ask(member('y'));
    await fauna.ask({ do: [group('y'), member('z')] });
    await fauna.ask({ do: [group('z'), member('z')] });
  });
  afterAll(() => fauna.close());
  const groups = match('groups_of', 'ann');

  it('tells what its targets did from when their source came, but not who left just then, until it left', async () => {
    const join = { join: groups, with: { index: 'members_of' } };
    expect(await fauna.actions(join)).toEqual(['add', 'remove', 'remove']);
    expect(await fauna.all(join)).toEqual(['bob']);
  });

  it('follows the values of what happened, where its source is that', async () => {
    expect(await fauna.all({ join: { events: groups }, with: { index: 'members_of' } })).toEqual(['bob']);
  });

  it('with what has no history is refused as it is read, at the form that reads', async () => {
    const join = { join: groups, with: lambda('g', { range: match('members_of', variable('g')), from: [], to: [] }) };
    const error = { position: [], code: 'invalid argument', description: 'Set does not support events history.' };
    expect(await fauna.fails({ paginate: { events: join } })).toEqual({ status: 400, errors: [error] });
    expect(await fauna.all(join)).toEqual(['bob']);
  });
});

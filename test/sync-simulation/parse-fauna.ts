import faunadb from 'faunadb';

const { Bytes, Ref, SetRef, FaunaTime } = faunadb.values;

/** What the driver makes of an answer; its own function for it is not among its exports. */
export const parseFauna = (text: string): unknown => {
  const { resource } = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('@ref' in value) {
      const ref = value['@ref'] as { id: string; collection?: faunadb.values.Ref };
      return new Ref(ref.id, ref.collection as faunadb.values.Ref);
    }
    if ('@bytes' in value) return new Bytes(value['@bytes'] as string);
    if ('@ts' in value) return new FaunaTime(value['@ts'] as string);
    if ('@set' in value) return new SetRef(JSON.stringify(value['@set']));
    return '@obj' in value ? value['@obj'] : value;
  }) as { resource: unknown };
  return resource;
};

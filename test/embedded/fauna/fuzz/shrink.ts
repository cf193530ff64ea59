/** Makes a failing case smaller for as long as it fails. */
import type { Generated } from './generate.ts';
import type { Case } from './send.ts';
import { changed, partsOf, raw, size, type Tree, write } from './tree.ts';

const MOST_TRIES = 400;

export async function shrink({ request, tree }: Generated, fails: (request: Case) => Promise<boolean>): Promise<Case> {
  let tries = 0;
  const stillFails = async (smaller: Case): Promise<boolean> => {
    tries += 1;
    return tries < MOST_TRIES && (await fails(smaller));
  };
  if (tree)
    return { ...request, body: write(await shrinkTree(tree, (it) => stillFails({ ...request, body: write(it) }))) };
  return shrinkText(request, stillFails);
}

async function shrinkTree(tree: Tree, fails: (tree: Tree) => Promise<boolean>): Promise<Tree> {
  for (const smaller of smallerTrees(tree)) if (await fails(smaller)) return shrinkTree(smaller, fails);
  return tree;
}

/** With a part gone, replaced by null or by one of its own parts. */
function* smallerTrees(tree: Tree): Generator<Tree> {
  const count = size(tree);
  for (let at = 0; at < count; at += 1) {
    const inner: Tree[] = [];
    changed(tree, at, (part) => {
      inner.push(...partsOf(part));
      return part;
    });
    for (const part of inner) yield changed(tree, at, () => part) ?? part;
    const without = changed(tree, at, () => null);
    if (without) yield without;
    const nulled = changed(tree, at, () => raw('null'));
    if (nulled && size(nulled) < count) yield nulled;
  }
}

async function shrinkText(request: Case, fails: (request: Case) => Promise<boolean>): Promise<Case> {
  let { body = '' } = request;
  for (let length = Math.ceil(body.length / 2); length > 0; length = Math.floor(length / 2)) {
    for (let at = 0; at < body.length; ) {
      const shorter = body.slice(0, at) + body.slice(at + length);
      if (await fails({ ...request, body: shorter })) body = shorter;
      else at += length;
    }
  }
  return { ...request, body };
}

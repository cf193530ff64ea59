import { deletionsOf } from '../fauna/queries.ts';
import { abortedWith, toRequestError } from '../fauna/request-failure.ts';
import type { FaunaTransport } from '../fauna/transport.ts';
import { decodeDeletions } from './decode.ts';

/** After so many notes that the role does not let anybody ask about, and none that it does, it is not the notes. */
const REFUSALS = 3;

/**
 * When notes that are not in the list were deleted (FaunaGateway.deletedAt). One that cannot be made, as it is there and
 * may not be read or was another owner's, spoils the answer for all: then each half is asked for. Throws RequestError.
 */
export const askDeletions = async (
  transport: FaunaTransport,
  secret: string,
  ids: readonly string[],
): Promise<(number | null)[]> => {
  let [answered, refused] = [0, 0];
  const ask = async (some: readonly string[]): Promise<(number | null)[]> => {
    if (answered === 0 && refused >= REFUSALS) return some.map(() => null);
    try {
      await transport.query(secret, deletionsOf(some));
    } catch (error) {
      const words = abortedWith(error);
      if (words !== null) {
        answered += 1;
        return decodeDeletions(words, some.length);
      }
      const failed = toRequestError(error);
      if (failed.problem !== 'refused' && failed.problem !== 'rejected') throw failed;
      if (some.length > 1) {
        const middle = Math.ceil(some.length / 2);
        return [...(await ask(some.slice(0, middle))), ...(await ask(some.slice(middle)))];
      }
      if (failed.problem === 'refused') refused += 1;
    }
    return some.map(() => null);
  };
  return ask(ids);
};

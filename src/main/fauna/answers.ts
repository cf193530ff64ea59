import { readAnswer } from './read-answer.ts';

/** Room for the bytes of an answer: a page of notes, and what a usual one is larger than expected. */
const ROOM = 1024 * 1024;
/** So much is kept for the next answer; a larger one is let go. */
const KEPT = 4 * ROOM;
/** A value is taken at once, unless its request was given up meanwhile: nobody asks for one so many answers later. */
const REMEMBERED = 64;

/**
 * Reads good answers in place of the driver, which does all the rest: it is given a number instead of the value, and
 * `take` changes that number for the value.
 */
export const createAnswers = () => {
  const read = new Map<number, unknown>();
  let last = 0;
  // New memory is dear, so the room of one answer is that of the next.
  const rooms: Buffer[] = [];

  const collect = async <T>(response: Response, use: (bytes: Buffer) => T): Promise<T> => {
    let room = rooms.pop() ?? Buffer.allocUnsafeSlow(ROOM);
    let length = 0;
    const pieces = response.body?.getReader();
    // A reader costs half of what `for await` does.
    for (let piece = await pieces?.read(); piece?.value; piece = await pieces?.read()) {
      const wanted = length + piece.value.byteLength;
      if (wanted > room.byteLength) {
        const larger = Buffer.allocUnsafeSlow(Math.max(wanted, 2 * room.byteLength));
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(piece.value, length);
      length = wanted;
    }
    const used = use(room.subarray(0, length));
    if (room.byteLength <= KEPT) rooms.push(room);
    return used;
  };

  return {
    /** The text that the driver gets of an answer. */
    textOf: (response: Response): Promise<string> =>
      collect(response, (bytes) => {
        // What Fauna refuses, and an answer without any, the driver says in its own errors.
        if (!response.ok || bytes.byteLength === 0) return bytes.toString();
        last += 1;
        read.set(last, readAnswer(bytes));
        read.delete(last - REMEMBERED);
        return JSON.stringify({ resource: last });
      }),
    take: (number: unknown): unknown => {
      const value = read.get(number as number);
      read.delete(number as number);
      return value;
    },
  };
};

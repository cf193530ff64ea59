/** A binary heap: the least comes first. Which of several equals comes first is as in Scala's PriorityQueue. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
}

export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];
  const isBelow = (index: number, other: number): boolean => compare(items[index] as T, items[other] as T) > 0;
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b] as T, items[a] as T];
  };
  return {
    push: (item) => {
      items.push(item);
      for (let index = items.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!isBelow(parent, index)) return;
        swap(parent, index);
        index = parent;
      }
    },
    pop: () => {
      const [first] = items;
      const last = items.pop();
      if (items.length === 0) return last;
      items[0] = last as T;
      for (let index = 0; ; ) {
        let child = 2 * index + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && isBelow(child, child + 1)) child += 1;
        if (!isBelow(index, child)) break;
        swap(index, child);
        index = child;
      }
      return first;
    },
  };
}

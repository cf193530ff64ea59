/** A note that matches; `snippet` is plain text with matches between U+0002 and U+0003. */
export interface SearchHit {
  id: string;
  snippet: string;
}

/** Where searches go: the same thread in tests and simulations, a worker in the app. */
export interface SearchDoor {
  /** A newer search of the same caller makes an older one that has not begun answer with no hits. */
  search(query: string, caller?: string): Promise<SearchHit[]>;
  /** Looks at every page of the file. Null when all is well, else what SQLite found. */
  check(): Promise<string | null>;
  close(): Promise<void>;
}

export type OpenSearchDoor = (path: string) => SearchDoor;

/** A note that matches; `snippet` is plain text with matches between U+0002 and U+0003. */
export interface SearchHit {
  id: string;
  snippet: string;
}

export interface SearchIndexOptions {
  /** Path of the notes' file; the index lies beside it. */
  file: string;
  /** A name for this opening of the notes. */
  session: string;
  /** The last text (notes.text_seq) when they were opened. */
  newest: number;
}

/** Where searches go: the same thread in tests and simulations, a worker in the app. */
export interface SearchDoor {
  /**
   * Knows every text that was committed before. A newer search of the same caller makes an older one that has not begun
   * answer with no hits.
   */
  search(query: string, caller?: string): Promise<SearchHit[]>;
  /** So many notes were changed and committed: the index takes them in when it suits, at the latest at a search. */
  changed(notes: number): void;
  /** Once the index has everything that was committed before. */
  indexed(): Promise<void>;
  /** A quiet moment: the index may merge itself. */
  tidy(): void;
  /** Looks at every page of the file. Null when all is well, else what SQLite found. */
  check(): Promise<string | null>;
  close(): Promise<void>;
}

export type OpenSearchDoor = (options: SearchIndexOptions) => SearchDoor;

const MAX_NAME = 80;

/** A file name that every system takes, from a title; the same title twice gets a number. */
export const fileNameFor = (title: string, taken: Set<string>): string => {
  const plain =
    title
      .normalize('NFC')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what file systems refuse
      .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[.\s]+|[.\s]+$/g, '')
      .slice(0, MAX_NAME)
      .trim() || 'Untitled';
  const base = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `${plain} note` : plain;
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${base}.md` : `${base} ${number}.md`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
};

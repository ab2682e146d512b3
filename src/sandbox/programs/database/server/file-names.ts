/** A database's or table's name as a file's: everything but ASCII letters, digits and _ as @ and four digits. */
export const fileName = (name: string) =>
  name.replace(/[^\w]/g, char => `@${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The database behind a directory. One that no server made (lost+found) is shown with a prefix. */
export function databaseOfDirectory(directory: string): string {
  const name = directory.replace(/@([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return fileName(name) === directory ? name : `#mysql50#${directory}`;
}

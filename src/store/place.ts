/** Where a database is, from its URL. */

export type StorePlace =
  /** `path` null: in memory. */
  | { readonly engine: 'sqlite'; readonly path: string | null; readonly shown: string }
  | {
      readonly engine: 'postgres';
      readonly url: string;
      readonly shown: string;
      /** What must never be shown. */
      readonly password: string;
    };

/** Null when it is no URL of a database. `shown` names it without user and password. */
export function storePlace(url: string): StorePlace | null {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length);
    if (path === '') return null;
    if (path === ':memory:') return { engine: 'sqlite', path: null, shown: 'the database in memory' };
    return { engine: 'sqlite', path, shown: `the database ${path}` };
  }
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) return null;
  const { host, pathname, password, searchParams } = new URL(url);
  const shown = `the PostgreSQL database ${host || searchParams.get('host') || 'on this machine'}${pathname}`;
  return { engine: 'postgres', url, shown, password: searchParams.get('password') ?? password };
}

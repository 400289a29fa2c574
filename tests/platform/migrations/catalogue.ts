import type pg from 'pg';

// One line for each thing that Prisma does not compare: whoever changes one changes this list, so
// that the change is seen in review. Functions and their like stand for themselves by a digest.
const questions = {
  extensions: `
    select 'extension ' || extname from pg_extension where extname <> 'plpgsql'`,
  constraints: `
    select relname || ' constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
      from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x', 'p', 'u')
       and relname <> '_prisma_migrations'`,
  indexes: `
    select tablename || ' index ' || replace(indexdef, 'public.', '')
      from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations'`,
  triggers: `
    select t.relname || ' trigger ' || replace(pg_get_triggerdef(g.oid), 'public.', '')
      from pg_trigger g join pg_class t on t.oid = g.tgrelid
     where not tgisinternal and t.relnamespace = 'public'::regnamespace`,
  generated: `
    select table_name || ' generated ' || column_name || ' as ' || generation_expression
      from information_schema.columns
     where table_schema = 'public' and is_generated = 'ALWAYS'`,
  functions: `
    select 'function ' || p.oid::regprocedure || ' ' || l.lanname || ' ' || provolatile::text
           || ' ' || md5(prosrc)
      from pg_proc p join pg_language l on l.oid = p.prolang
     where pronamespace = 'public'::regnamespace
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  textSearch: `
    select 'text search ' || cfgname || ' ' || alias || ' '
           || string_agg(mapdict::regdictionary::text, ', ' order by mapseqno)
      from pg_ts_config c
      join pg_ts_config_map m on m.mapcfg = c.oid
      join ts_token_type('default') t on t.tokid = m.maptokentype
     where cfgnamespace = 'public'::regnamespace
     group by cfgname, alias`,
};

/** What the database has that `schema.prisma` cannot say, one sorted line each. */
export async function readCatalogue(client: pg.Client): Promise<string> {
  const lines: string[] = [];
  for (const text of Object.values(questions)) {
    const { rows } = await client.query<[string]>({ text, rowMode: 'array' });
    lines.push(...rows.map(([line]) => line));
  }
  return `${lines.sort().join('\n')}\n`;
}

import type pg from 'pg'
import { quoted } from '../../identifiers.ts'
import { partitionSchema, restOf } from './names.ts'

/** Named of what stands in the way; of a site with policies on every table, the first tell the user enough. */
const SHOWN = 4

/**
 * Why empty tables cannot be made anew in partitions without losing something of the site's, or at all: in words, null when they can.
 * Takes no lock that a site would notice.
 *
 * @param client its search path the schema of the tables
 */
export async function hindrance(client: pg.ClientBase, tables: readonly string[]): Promise<string | null> {
  for (const table of tables) {
    if ((await client.query(`SELECT FROM ${quoted(table)} LIMIT 1`)).rows.length > 0)
      return `'${table}' holds rows already, and only empty tables can be partitioned by day`
  }
  const names = tables.map((table) => quoted(table))
  const schema = await partitionSchema(client)
  const rests = tables.map((table) => `${quoted(schema)}.${quoted(restOf(table))}`)
  const { rows: denied } = await client.query<{ what: string }>(RIGHTS, [schema, rests])
  const { rows } = await client.query<{ what: string }>(PECULIARITIES, [names, OWN_UNIQUES])
  const found = [...denied, ...rows].map(({ what }) => what)
  if (found.length === 0) return null
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : ''
  return `tables are made anew for it, and this stands in the way: ${found.slice(0, SHOWN).join(', ')}${more}`
}

/** Unique indexes of the reference schema that say nothing of the id: they go on within partitions. A site's own would be weakened. */
const OWN_UNIQUES = [
  'feed_seen_post_id_user_id_key',
  'liked_posts_user_id_post_id_key',
  'likes_from_user_id_to_user_id_key',
  'matches_user_a_id_user_b_id_key',
]

/** What this user may not do, and names that are taken. $1 the partitions' schema, $2 tables of it that will be made. */
const RIGHTS = `
  SELECT 'this user may not create a schema (GRANT CREATE ON DATABASE)' AS what
   WHERE to_regnamespace(quote_ident($1)) IS NULL AND NOT has_database_privilege(current_database(), 'CREATE')
  UNION ALL
  SELECT format('this user may not create tables in schema %I', n.nspname) FROM pg_namespace n
   WHERE n.nspname IN ($1, current_schema()) AND NOT has_schema_privilege(n.oid, 'CREATE')
  UNION ALL
  SELECT format('there is a table %s', to_regclass(t)) FROM unnest($2::text[]) t WHERE to_regclass(t) IS NOT NULL`

/**
 * What tables have of a site's own, which tables that are made anew would not have, or by which they cannot be dropped. Besides what
 * pg_depend knows: owners, row level security, settings of tables and columns, rights on columns, publications.
 */
const PECULIARITIES = `
  WITH these AS (SELECT c.* FROM pg_class c JOIN unnest($1::text[]) t ON c.oid = to_regclass(t)),
       me AS (SELECT oid FROM pg_roles WHERE rolname = current_user)
  SELECT format('%I belongs to %I', c.relname, pg_get_userbyid(c.relowner)) AS what FROM these c, me
   WHERE c.relowner <> me.oid
  UNION ALL
  SELECT format('row level security of %I', c.relname) FROM these c WHERE c.relrowsecurity OR c.relforcerowsecurity
  UNION ALL
  SELECT format('%I has settings of its own', c.relname) FROM these c
   WHERE c.relkind <> 'r' OR c.relpersistence <> 'p' OR c.reloptions IS NOT NULL OR c.reltablespace <> 0 OR c.relreplident <> 'd'
  UNION ALL
  SELECT format('rights on column %I of %I', a.attname, c.relname) FROM these c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE a.attacl IS NOT NULL
  UNION ALL
  SELECT format('settings of column %I of %I', a.attname, c.relname) FROM these c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attoptions IS NOT NULL OR coalesce(a.attstattarget, -1) <> -1)
  UNION ALL
  SELECT format('%I inherits from %s', c.relname, i.inhparent::regclass) FROM these c JOIN pg_inherits i ON i.inhrelid = c.oid
  UNION ALL
  SELECT format('publication %I of %I', p.pubname, c.relname) FROM these c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_publication_tables p ON p.schemaname = n.nspname AND p.tablename = c.relname
  UNION ALL
  SELECT format('unique %s %I', CASE WHEN k.oid IS NULL THEN 'index' ELSE 'constraint' END, x.relname)
    FROM these c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = x.oid AND k.contype = 'u'
   WHERE i.indisunique AND NOT i.indisprimary AND (k.oid IS NOT NULL OR x.relname <> ALL ($2::text[]))
  UNION ALL
  SELECT DISTINCT pg_describe_object('pg_constraint'::regclass, k.oid, 0) FROM pg_constraint k, me
   WHERE (k.conrelid IN (SELECT oid FROM these) OR k.confrelid IN (SELECT oid FROM these))
     AND (k.contype NOT IN ('p', 'c', 'f', 'n', 'u') OR NOT k.convalidated
          OR EXISTS (SELECT FROM pg_class o WHERE o.oid IN (k.conrelid, nullif(k.confrelid, 0)) AND o.relowner <> me.oid
                        AND o.oid NOT IN (SELECT oid FROM these)))
  UNION ALL
  SELECT DISTINCT CASE WHEN r.ev_class <> c.oid THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0)
                       ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END
    FROM these c
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                     OR d.refclassid = 'pg_type'::regclass AND d.refobjid = c.reltype
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
   WHERE CASE d.classid
           WHEN 'pg_class'::regclass THEN
             d.objid <> c.oid AND (SELECT o.relkind FROM pg_class o WHERE o.oid = d.objid) NOT IN ('i', 'S', 't')
           WHEN 'pg_type'::regclass THEN d.deptype <> 'i'
           WHEN 'pg_trigger'::regclass THEN NOT (SELECT t.tgisinternal FROM pg_trigger t WHERE t.oid = d.objid)
           ELSE d.classid NOT IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_publication_rel'::regclass)
         END`

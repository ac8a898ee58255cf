/** Words that SQL highlighting shows as keywords, in lower case: what PostgreSQL's own documentation sets in capitals. */
export const sqlKeywords: ReadonlySet<string> = new Set(
  `add after all alter always analyze and any array as asc asymmetric atomic authorization before begin between both by
   cached call cascade cascaded case cast check cluster collate collation column columns comment commit concurrently
   conflict constraint constraints copy create cross cube current current_date current_role current_time
   current_timestamp current_user cycle data database declare default deferrable deferred definer delete desc disable
   distinct do domain drop each else elsif enable end enum except exception excluded exclude execute exists explain
   extension extract false fetch filter first following for force foreign found from full function generated global
   grant group grouping having identity if ilike immediate immutable in include increment index inherit initially inner
   inout insert instead intersect interval into invoker is isnull join key language last lateral leading leakproof left
   level like limit local localtime localtimestamp loop materialized match maxvalue merge minvalue natural new next no
   not nothing notice notnull null nulls of off offset old on only operator option or order ordinality out outer over
   overlaps owned owner parallel partition perform policy preceding primary privileges procedure raise range recursive
   references referencing refresh rename replace replica reset restrict restricted return returning returns revoke right
   rollback rollup row rows rule safe savepoint schema search security select sequence session session_user set setof
   sets show similar some stable start statement statistics stored strict symmetric system table tablesample tablespace
   temp temporary then to trailing transaction trigger true truncate type unbounded union unique unlogged unsafe until
   update usage user using validate valid values variadic view virtual volatile when where while window with within
   without work zone`.split(/\s+/),
)

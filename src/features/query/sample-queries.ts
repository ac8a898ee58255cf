import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import type { Schema } from '../../core/model/schema.ts'
import { qualifiedName } from '../../core/sql/names.ts'

export interface SampleQuery {
  readonly name: string
  /** Columns that it reads, as `table.column`: it is offered when the schema has them all. */
  readonly needs: readonly string[]
  readonly sql: string
}

/** On the tables of the Forge CRM template. */
export const forgeQueries: readonly SampleQuery[] = [
  {
    name: 'Top accounts by value',
    needs: ['accounts.industry', 'contacts.account_id', 'opportunities.amount'],
    sql: `-- Get top 10 accounts by opportunity value with contact count
WITH account_opportunity_totals AS (
  SELECT
    account_id,
    SUM(amount) AS total_value,
    COUNT(*) AS opportunity_count,
    SUM(CASE WHEN status = 'won' THEN amount ELSE 0 END) AS won_value
  FROM opportunities
  WHERE deleted_at IS NULL
    AND status IN ('open', 'won')
  GROUP BY account_id
),
account_contact_counts AS (
  SELECT
    account_id,
    COUNT(*) AS contact_count
  FROM contacts
  WHERE deleted_at IS NULL
  GROUP BY account_id
)
SELECT
  a.id,
  a.name,
  a.industry,
  COALESCE(aot.total_value, 0) AS total_opportunity_value,
  COALESCE(aot.opportunity_count, 0) AS opportunity_count,
  COALESCE(aot.won_value, 0) AS won_value,
  COALESCE(acc.contact_count, 0) AS contact_count,
  ROUND(
    COALESCE(aot.won_value, 0)::numeric /
    NULLIF(aot.total_value, 0) * 100,
    2
  ) AS win_rate_percentage
FROM accounts a
LEFT JOIN account_opportunity_totals aot ON a.id = aot.account_id
LEFT JOIN account_contact_counts acc ON a.id = acc.account_id
WHERE a.deleted_at IS NULL
ORDER BY total_opportunity_value DESC
LIMIT 10;
`,
  },
  {
    name: 'Rank by stage',
    needs: ['opportunities.stage', 'opportunities.status'],
    sql: `-- Rank opportunities by value within each stage
SELECT
  id,
  name,
  account_id,
  stage,
  amount,
  ROW_NUMBER() OVER (PARTITION BY stage ORDER BY amount DESC) AS rank_in_stage,
  PERCENT_RANK() OVER (PARTITION BY stage ORDER BY amount DESC) AS percentile_in_stage,
  SUM(amount) OVER (PARTITION BY stage) AS total_stage_value,
  amount::numeric / SUM(amount) OVER (PARTITION BY stage) * 100 AS percentage_of_stage
FROM opportunities
WHERE status = 'open'
  AND deleted_at IS NULL
ORDER BY stage, rank_in_stage;
`,
  },
  {
    name: 'Engineering contacts',
    needs: ['contacts.custom_fields'],
    sql: `-- Find contacts with specific custom field value
SELECT *
FROM contacts
WHERE custom_fields->>'department' = 'Engineering'
  AND deleted_at IS NULL;

-- Find contacts with custom field containing value
SELECT *
FROM contacts
WHERE custom_fields @> '{"interests": ["AI", "Machine Learning"]}'::jsonb
  AND deleted_at IS NULL;
`,
  },
  {
    name: 'Org hierarchy',
    needs: ['contacts.manager_id'],
    sql: `-- Get organization hierarchy (if Forge has org chart feature)
WITH RECURSIVE org_hierarchy AS (
  -- Base case: top-level (no manager)
  SELECT
    id,
    first_name,
    last_name,
    manager_id,
    1 AS level,
    ARRAY[id] AS path
  FROM contacts
  WHERE manager_id IS NULL
    AND deleted_at IS NULL

  UNION ALL

  -- Recursive case: employees with managers
  SELECT
    c.id,
    c.first_name,
    c.last_name,
    c.manager_id,
    oh.level + 1,
    oh.path || c.id
  FROM contacts c
  INNER JOIN org_hierarchy oh ON c.manager_id = oh.id
  WHERE c.deleted_at IS NULL
)
SELECT
  REPEAT('  ', level - 1) || first_name || ' ' || last_name AS org_chart,
  level,
  path
FROM org_hierarchy
ORDER BY path;
`,
  },
  {
    name: 'Lead chain',
    needs: ['leads.converted_to_contact_id', 'contacts.account_id'],
    sql: `-- From each lead to its contact and on to the account, by a recursive query
WITH RECURSIVE chain AS (
  SELECT l.id AS lead_id, l.converted_to_contact_id AS id, 1 AS depth, 'contact' AS step
  FROM leads l
  WHERE l.converted_to_contact_id IS NOT NULL
  UNION ALL
  SELECT chain.lead_id, c.account_id, chain.depth + 1, 'account'
  FROM chain
  JOIN contacts c ON c.id = chain.id AND chain.step = 'contact'
)
SELECT lead_id, depth, step, id FROM chain ORDER BY lead_id, depth;
`,
  },
  {
    name: 'Metadata keys',
    needs: ['contacts.metadata'],
    sql: `-- What the JSONB column metadata holds
SELECT key, jsonb_typeof(value) AS type, COUNT(*) AS contacts
FROM contacts, jsonb_each(metadata)
GROUP BY key, type
ORDER BY contacts DESC, key;
`,
  },
]

/** Queries to begin with: those that the schema has the columns for, otherwise one on its first table. */
export function sampleQueries(schema: Schema): readonly SampleQuery[] {
  const tables = schema.all(isTable)
  const columns = new Set(
    tables.flatMap((table) =>
      schema.childrenOf(table.id, isColumn).map((column) => `${table.name}.${column.name}`),
    ),
  )
  const fitting = forgeQueries.filter((query) => query.needs.every((name) => columns.has(name)))
  if (fitting.length > 0) return fitting
  const [first] = tables
  if (!first) return [{ name: 'Query 1', needs: [], sql: 'SELECT version();\n' }]
  const sql = `SELECT *\nFROM ${qualifiedName(first, schema)}\nLIMIT 100;\n`
  return [{ name: first.name, needs: [], sql }]
}

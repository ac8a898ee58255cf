/**
 * The DDL of a plausible schema of that many tables: twelve columns each, a check, two indexes, and foreign keys to the
 * two tables before. The same number always gives the same text.
 */
export function generatedSchema(tables: number): string {
  return Array.from({ length: tables }, (_, index) => tableSql(index)).join('\n')
}

export function tableName(index: number): string {
  return `t${String(index).padStart(4, '0')}`
}

function tableSql(index: number): string {
  const name = tableName(index)
  const parents = [index - 1, index - 2].filter((parent) => parent >= 0)
  const references = parents.map(
    (parent) => `  ${tableName(parent)}_id bigint REFERENCES ${tableName(parent)} (id) ON DELETE SET NULL`,
  )
  const columns = [
    '  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    '  name varchar(255) NOT NULL',
    "  status varchar(50) NOT NULL DEFAULT 'new'",
    '  amount numeric(12,2)',
    "  metadata jsonb NOT NULL DEFAULT '{}'",
    '  tags text[]',
    '  is_active boolean NOT NULL DEFAULT true',
    '  due_on date',
    '  created_at timestamptz NOT NULL DEFAULT now()',
    '  updated_at timestamptz NOT NULL DEFAULT now()',
    ...references,
    `  CONSTRAINT ${name}_amount_check CHECK (amount >= 0)`,
  ]
  return `CREATE TABLE ${name} (
${columns.join(',\n')}
);
CREATE INDEX ${name}_name_idx ON ${name} (name);
CREATE INDEX ${name}_metadata_idx ON ${name} USING gin (metadata);
COMMENT ON TABLE ${name} IS 'Table ${index} of a benchmark';
`
}

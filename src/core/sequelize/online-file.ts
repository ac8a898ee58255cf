import { type Batches, batchSql } from '../migration/fill.ts'
import { type CodeStyle, padding } from './code-style.ts'
import { jsString } from './js-value.ts'
import { sqlTemplate } from './sql-template.ts'

/** Functions that a migration file of a zero-downtime plan brings along where it calls them. */
export const onlineFunctions: readonly { readonly name: string; readonly lines: readonly string[] }[] = [
  {
    name: 'withoutQueueing',
    lines: `/**
 * Everybody queues behind a statement that waits for a lock, so it gives up after two seconds
 * (55P03) and tries again a little later.
 */
async function withoutQueueing(queryInterface, work) {
  const { sequelize } = queryInterface;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sequelize.transaction(async (transaction) => {
        await sequelize.query("SET LOCAL lock_timeout = '2s'", { transaction });
        return work(transaction);
      });
    } catch (error) {
      if (error.original?.code !== '55P03' || attempt === 20) throw error;
      const pause = Math.min(attempt, 10) * 1000 * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}`.split('\n'),
  },
  {
    name: 'inBatches',
    lines: `/** Sends batch after batch. Stopped and run again, it goes on with the rows that are left. */
async function inBatches(queryInterface, { keys, types, pause }, batchAfter) {
  const { sequelize } = queryInterface;
  let beyond = '';
  for (let count = 1; ; count += 1) {
    const [[last]] = await sequelize.query(batchAfter(beyond));
    if (!last) return;
    const ends = Object.values(last).map((value) => sequelize.escape(value));
    const values = types.map((type, index) => \`\${ends[index]}::\${type}\`);
    if (types.length > 0) beyond = \`(\${keys.join(', ')}) > (\${values.join(', ')}) AND \`;
    if (count % 100 === 0) console.log(\`\${count} batches done, up to \${values.join(', ')}\`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}`.split('\n'),
  },
]

/** A function's lines in a style: each of their statements ends its line, and only texts without quotes are requoted. */
export function functionLines(lines: readonly string[], style: CodeStyle): readonly string[] {
  return lines.map((line) => {
    const text = line.trimStart()
    const isProse = text.startsWith('*') || text.startsWith('/*')
    if (isProse) return line
    const requoted = /["`]/.test(text)
      ? text
      : text.replace(/'([^']*)'/g, (_, inner: string) => jsString(inner, style))
    const ended = style.semicolons ? requoted : requoted.replace(/;$/, '')
    return padding(line.length - text.length, style) + ended
  })
}

const marker = '\u0001'

/** The call that fills rows in batches. */
export function fillLines(
  batches: Batches,
  indent: number,
  queryInterface: string,
  style: CodeStyle,
): readonly string[] {
  const pad = padding(indent, style)
  const inner = padding(indent + 2, style)
  const end = style.semicolons ? ';' : ''
  const list = (texts: readonly string[]) => `[${texts.map((text) => jsString(text, style)).join(', ')}]`
  const sql = sqlTemplate(batchSql(batches, batches.keys.length > 0 ? marker : ''), indent + 2, style)
  return [
    `${pad}await inBatches(`,
    `${inner}${queryInterface},`,
    `${inner}{ keys: ${list(batches.keys)}, types: ${list(batches.keyTypes)}, pause: ${batches.pauseMilliseconds} },`,
    `${inner}(beyond) => ${sql.replace(marker, () => '$'.concat('{beyond}'))},`,
    `${pad})${end}`,
  ]
}

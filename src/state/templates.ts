import { placeTemplate } from '../core/templates/place-template.ts'
import type { Template } from '../core/templates/template.ts'
import { database, type Progress } from './database.ts'
import { newId } from './new-id.ts'
import { createProject } from './projects.ts'

/** The SQL of each template, loaded when it is opened. */
const sources: Readonly<Record<string, () => Promise<{ readonly default: string }>>> = {
  'forge-crm': () => import('../core/templates/forge-crm.sql?raw'),
}

/** Makes and opens a project from a template: its SQL is imported as any other, its tables are placed as drawn. */
export async function openTemplate(
  template: Template,
  options: { readonly onProgress?: (progress: Progress) => void } = {},
): Promise<void> {
  const source = sources[template.id]
  if (!source) throw new Error(`No SQL for template ${template.id}`)
  const { default: sql } = await source()
  const { document, report } = await database().importSql(sql, options)
  const refused = report.objects.filter((object) => object.outcome === 'refused')
  if (refused.length > 0) {
    throw new Error(`PostgreSQL refused ${refused.map((object) => object.name).join(', ')} of the template`)
  }
  await createProject({ name: template.title, document: placeTemplate(document, template, newId) })
}

import type { Template } from './template.ts'

const forgeCrm: Template = {
  id: 'forge-crm',
  title: 'Forge CRM',
  description: 'Accounts, contacts, leads, opportunities, audit log',
  tables: [
    { name: 'contacts', x: 32, y: 16, width: 232, colour: 'blue', rows: 11 },
    { name: 'leads', x: 32, y: 384, width: 232, colour: 'ochre', rows: 16 },
    { name: 'accounts', x: 336, y: 96, width: 216, colour: 'teal', rows: 10 },
    { name: 'audit_logs', x: 336, y: 464, width: 216, colour: 'none', rows: 8 },
    { name: 'opportunities', x: 624, y: 40, width: 232, colour: 'plum', rows: 15 },
  ],
  links: [
    ['contacts', 'accounts'],
    ['opportunities', 'accounts'],
    ['leads', 'contacts'],
  ],
  notes: [
    {
      x: 624,
      y: 480,
      width: 232,
      text: 'owner_id is a user in the auth service. There is no foreign key across services.',
    },
  ],
}

/** All templates in the order of the start page. */
export const templates: readonly Template[] = [forgeCrm]

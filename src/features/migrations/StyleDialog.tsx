import { useStore } from 'zustand'
import { settled } from '../../core/sequelize/file-style.ts'
import {
  type FolderStyle,
  isShape,
  type StyleSetting,
  styleChoices,
} from '../../core/sequelize/folder/style.ts'
import { setFolderStyle } from '../../state/linked-folder.ts'
import { linkedFolderStore } from '../../state/linked-folder-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './migrations.module.css'

type Choice = Exclude<StyleSetting, 'shape'>

const labels: Readonly<Record<Choice, string>> = {
  numbering: 'Numbers',
  separator: 'After the number',
  words: 'Words of the name',
  ending: 'Extension',
  modules: 'Modules',
  exports: 'Exports',
  call: 'Called with',
  queryInterface: 'First parameter',
  library: 'Data types of',
  indent: 'Indentation',
  quotes: 'Quotes',
  transactions: 'Transactions',
  semicolons: 'Semicolons',
  strict: '‘use strict’',
  typeComment: 'Type in a comment',
  columns: 'Columns',
  timestamps: 'Created and updated at, in new tables',
  paranoid: 'Deleted at, in new tables',
}

/** Words for values that do not speak for themselves. */
const words: Readonly<Record<string, string>> = {
  stamp: 'Date and time',
  epoch: 'Since 1970',
  number: 'Counted',
  none: 'None',
  commonjs: 'CommonJS',
  esm: 'ES modules',
  object: 'One object',
  members: 'up and down each',
  arguments: 'queryInterface, Sequelize',
  context: '{ context } of Umzug 3',
  always: 'Around every file',
  several: 'Around several statements',
  '  ': '2 spaces',
  '    ': '4 spaces',
  '\t': 'Tabs',
}

/** How files are written into the project's folder, as found in those that are there, to be changed. */
export function StyleDialog({ onClose }: { readonly onClose: () => void }) {
  const kept = useStore(linkedFolderStore, (state) => state.kept)
  if (!kept) return null
  const { style } = kept
  const set = (change: Partial<FolderStyle>) => void setFolderStyle(settled({ ...style, ...change }))
  return (
    <Dialog
      open
      title={`Style of new files in ${kept.handle.name}`}
      width={560}
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className={styles.fileStyle}>
        {isCounted(style) && (
          <div className={styles.styleRow}>
            <span aria-hidden>Digits</span>
            <TextField
              label="Digits of the number, # for each"
              mono
              value={style.shape}
              onChange={(shape) => isShape(shape) && set({ shape })}
            />
          </div>
        )}
        {choices.map((setting) => (
          <Setting key={setting} setting={setting} style={style} set={set} />
        ))}
      </div>
    </Dialog>
  )
}

function isCounted({ numbering }: FolderStyle): boolean {
  return numbering !== 'none'
}

function isChoice(name: string): name is Choice {
  return Object.hasOwn(labels, name)
}

const choices = Object.keys(labels).filter(isChoice)

interface SettingProps<S extends Choice> {
  readonly setting: S
  readonly style: FolderStyle
  readonly set: (change: Partial<FolderStyle>) => void
}

function Setting<S extends Choice>({ setting, style, set }: SettingProps<S>) {
  const value = style[setting]
  if (typeof value === 'boolean') {
    return (
      <Checkbox checked={value} onChange={(on) => set({ [setting]: on })}>
        {labels[setting]}
      </Checkbox>
    )
  }
  const options = styleChoices[setting].map((one) => ({
    value: `${one}`,
    label: words[`${one}`] ?? `${one}`,
  }))
  return (
    <div className={styles.styleRow}>
      <span aria-hidden>{labels[setting]}</span>
      <Select
        label={labels[setting]}
        value={`${value}`}
        options={options}
        onChange={(chosen) => set({ [setting]: chosen })}
      />
    </div>
  )
}

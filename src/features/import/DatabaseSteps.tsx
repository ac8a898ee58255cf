import { catalogFileQuery } from '../../core/catalog/catalog-file.ts'
import { copyText, download } from '../../state/files.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './import.module.css'

const fileName = 'relata-catalogue.sql'

/** How a schema comes out of a database that this page cannot reach: by one query that a person runs there. */
export function DatabaseSteps() {
  return (
    <ol className={styles.steps}>
      <li>
        <span>
          Take the query. It is one SELECT that reads the catalogue of PostgreSQL 13 to 18 and changes
          nothing; rows of tables are not read.
        </span>
        <span className={styles.row}>
          <Button
            icon="copy"
            onClick={async () => {
              if (await copyText(catalogFileQuery())) toast('Query copied')
            }}
          >
            Copy query
          </Button>
          <Button
            look="quiet"
            icon="download"
            onClick={() => download(fileName, catalogFileQuery(), 'application/sql')}
          >
            Download query
          </Button>
        </span>
      </li>
      <li>
        <span>Run it on the database, in any SQL client or with psql:</span>
        <CodeBlock text={`psql -XAt -f ${fileName} -o catalogue.json "postgres://…"`} />
      </li>
      <li>Paste the answer here, or drop the file.</li>
    </ol>
  )
}

import type { ObjectId } from '../model/object.ts'
import { mapTypeName, type PgType } from '../model/pg-type.ts'
import type { Mapper } from './kind.ts'

/** The object of a user's own type. */
export const typeReference: Mapper<PgType, ObjectId> = {
  map: (type, change) => (type.ref === null ? type : { ...type, ref: change(type.ref) }),
}

/** The name of a type that is not PostgreSQL's own follows its renames. */
export const typeMapper: Mapper<PgType, string> = { map: mapTypeName }

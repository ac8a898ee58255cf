import { type SequelizercRuns, sequelizercsOf } from '../core/sequelize/folder/read-sequelizerc.ts'
import { EngineCrash } from './engine.ts'
import { orEndless } from './sandbox-migrator.ts'
import { PortDialogue, revivedError, type SandboxCall, type SandboxReply } from './sandbox-protocol.ts'
import type { SequelizercRequest } from './sequelize-runner/run-sequelizerc.ts'
import { sequelizercTimeLimit } from './sequelize-runner/time-limit.ts'

/**
 * Runs the `.sequelizerc` files of a folder in the sandbox at the other end of the port, without an engine. Where one
 * never ends, none has an answer, and the sandbox is of no further use.
 */
export async function runSequelizercsInSandbox(
  port: MessagePort,
  request: SequelizercRequest,
): Promise<SequelizercRuns> {
  const dialogue = new PortDialogue<SandboxCall, never, SandboxReply, never>(port, () => {
    throw new Error('A sandbox without an engine asked for its files')
  })
  const { timeLimitMilliseconds = sequelizercTimeLimit } = request
  try {
    const reply = await orEndless(
      dialogue.ask({ type: 'runSequelizerc', request }),
      '.sequelizerc',
      timeLimitMilliseconds,
    )
    if (!reply.ok) throw revivedError(reply.error)
    // What comes back is what the worker gave, copied by postMessage.
    return reply.value as SequelizercRuns
  } catch (error) {
    if (!(error instanceof EngineCrash)) throw error
    return new Map(sequelizercsOf(request.files).map((path) => [path, { failure: error.message }]))
  }
}

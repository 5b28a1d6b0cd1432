import { ConfigError } from '../config.ts'
import { exportTexts } from './content-export.ts'
import { importTexts, printDrafts } from './content-import.ts'

/** Edited texts between the desk and the files; 2 when it was not told what to do. */
export async function runTexts(command: 'export' | 'import', args: readonly string[]): Promise<number> {
  const { options, files } = readArgs(args)
  try {
    if (command === 'export' && files.length === 0 && options.by === undefined && !options.d1)
      return await exportTexts(options.to ?? null, options.from ?? null)
    if (command === 'import' && files.length > 0 && options.by !== undefined)
      return await (options.d1 ? printDrafts(options.by, files) : importTexts(options.by, files))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return 1
  }
  return 2
}

interface Options {
  to?: string
  from?: string
  by?: string
  d1?: true
}

function readArgs(args: readonly string[]): { options: Options; files: readonly string[] } {
  const options: Options = {}
  const files: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--d1') options.d1 = true
    else if (arg === '--to' || arg === '--from' || arg === '--by')
      options[arg.slice(2) as 'to' | 'from' | 'by'] = args[++i] ?? ''
    else files.push(arg)
  }
  return { options, files }
}

import { afterAll, describe } from 'vitest'
import { keepsItsPromises } from './black-box.ts'
import { endWorkers, startNode, startWorker } from './peer.ts'

afterAll(endWorkers)

describe('on Node', () => keepsItsPromises(startNode))
describe('on workerd', () => keepsItsPromises(startWorker))

import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the service counts; labels are codes, never anything about a person. */
export interface Metrics {
  registry: Registry
  turns: Counter<'result'>
  deliveries: Counter<'channel' | 'outcome'>
  repeats: Counter
  parked: Counter
  turnSeconds: Histogram
  backlog: Gauge<'lane'>
  quota: Gauge<'channel' | 'bot' | 'what'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    turns: new Counter({ name: 'dong_hanh_turns_total', help: 'Turns by result', labelNames: ['result'], registers }),
    deliveries: new Counter({
      name: 'dong_hanh_deliveries_total',
      help: 'Deliveries by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    repeats: new Counter({
      name: 'dong_hanh_repeats_total',
      help: 'Rows sent again after an uncertain send',
      registers,
    }),
    parked: new Counter({
      name: 'dong_hanh_parked_total',
      help: 'Turns that met a fault and went to a human',
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'dong_hanh_turn_seconds',
      help: 'Seconds from arrival to commit',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    backlog: new Gauge({
      name: 'dong_hanh_outbox_waiting',
      help: 'Rows waiting to be sent',
      labelNames: ['lane'],
      registers,
    }),
    quota: new Gauge({
      name: 'dong_hanh_channel_usage_ratio',
      help: 'Share of a monthly allowance used',
      labelNames: ['channel', 'bot', 'what'],
      registers,
    }),
  }
}

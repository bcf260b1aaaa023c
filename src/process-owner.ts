import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Owner } from './ports/owner.ts';

/**
 * This process as the holder of leases. Its name carries where process ids mean the same as here, so that after a
 * crash a successor on the same machine takes over at once, and one elsewhere waits for the leases to run out.
 */
export function processOwner(): Owner {
  const place = numberingPlace();
  const name = `${place}/${process.pid}/${randomBytes(4).toString('hex')}`;
  return {
    name,
    isGone(other) {
      const [where, pid] = other.split('/');
      if (other === name || where !== place || !/^[1-9]\d*$/.test(pid ?? '')) return false;
      // A successor may have been given the very number of the one that died: always so in a container.
      return Number(pid) === process.pid || !runs(Number(pid));
    },
  };
}

/** Signal 0 only asks. Anything but "no such process" is somebody who lives. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** One boot of one machine; on Linux also one container, since containers number their processes each for themselves. */
function numberingPlace(): string {
  const parts = [hostname()];
  for (const read of [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    () => readlinkSync('/proc/self/ns/pid'),
  ]) {
    try {
      parts.push(read());
    } catch {
      // Not Linux: the host's name is all there is.
    }
  }
  const digest = createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 12);
  return `${hostname().replaceAll('/', '-')}-${digest}`;
}

import type { DeviceFactsFragment } from '@/engine/graphql'

/** Devices as they are listed: `here` first, revoked ones last, else the newest first. Not by when they were seen: rows would move under a finger. */
export const inOrder = (devices: DeviceFactsFragment[], here = ''): DeviceFactsFragment[] => [...devices].sort((a, b) =>
  Number(b.id === here) - Number(a.id === here) || Number(!!a.revokedAt) - Number(!!b.revokedAt)
  || b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id))

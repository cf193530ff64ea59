import { onTestFinished } from 'vitest';
import type { Launched } from '../../electron-simulation/launch.ts';
import { newUserData, openBurrow } from './burrow.ts';
import { type Door, openDoor } from './door.ts';
import { startStack } from './stack.ts';
import { seesSignIn, signIn, signUp } from './walk.ts';

export interface Device {
  /** Its own way to the servers. */
  door: Door;
  open(): Promise<Launched>;
}

const email = 'grace@example.com';
const password = 'correct horse battery staple';

/** Two computers of one person on one stack. */
export const twoDevices = async () => {
  const { stack } = await startStack();
  const device = async (): Promise<Device> => {
    const door = await openDoor(stack);
    onTestFinished(() => door.close());
    const userData = newUserData();
    return { door, open: () => openBurrow(userData, { env: { BURROW_CONNECTION: door.file } }) };
  };
  return { laptop: await device(), phone: await device() };
};

/** Opens a device and signs the person up, the first time. */
export const openNew = async (device: Device): Promise<Launched> => {
  const opened = await device.open();
  await seesSignIn(opened.window);
  await signUp(opened.window, email, password);
  return opened;
};

/** Opens a device and signs the person in who has signed up on another. */
export const openKnown = async (device: Device): Promise<Launched> => {
  const opened = await device.open();
  await seesSignIn(opened.window);
  await signIn(opened.window, email, password);
  return opened;
};

import { onTestFinished } from 'vitest';
import type { Launched } from '../../electron-simulation/launch.ts';
import { newUserData, openBurrow } from './burrow.ts';
import { type Door, openDoor } from './door.ts';
import { startStack } from './stack.ts';
import { startStackProcess } from './stack-process.ts';
import { seesSignIn, signIn, signUp } from './walk.ts';

export interface Device {
  open(): Promise<Launched>;
}

const email = 'grace@example.com';
const password = 'correct horse battery staple';

const deviceOn = (connectionFile: string): Device => {
  const userData = newUserData();
  return { open: () => openBurrow(userData, { env: { BURROW_CONNECTION: connectionFile } }) };
};

/** Two computers of one person on one stack, each with a way of its own to it, which can be cut. */
export const twoDevices = async () => {
  const { stack } = await startStack();
  const device = async (): Promise<Device & { door: Door }> => {
    const door = await openDoor(stack);
    onTestFinished(() => door.close());
    return { door, ...deviceOn(door.file) };
  };
  return { laptop: await device(), phone: await device() };
};

/** Two computers of one person on a stack that runs in a process of its own, and can be killed. */
export const twoDevicesOnOneProcess = async () => {
  const stack = await startStackProcess();
  return { stack, laptop: deviceOn(stack.file), phone: deviceOn(stack.file) };
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

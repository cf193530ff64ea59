import { strict, strictEmitter } from './strict.ts';

/** Facts about the machine, as far as an app asks for them. */

class PowerMonitor extends strictEmitter('powerMonitor') {
  onBatteryPower = false;
  getSystemIdleState(): 'active' {
    return 'active';
  }
  getSystemIdleTime(): number {
    return 0;
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}
/** Tests emit 'suspend' and 'resume' themselves. */
export const powerMonitor = new PowerMonitor();

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = {
  id: 1,
  label: 'Simulated',
  bounds: area,
  workArea: area,
  size: area,
  workAreaSize: area,
  scaleFactor: 1,
  rotation: 0,
  internal: true,
};

class Screen extends strictEmitter('screen') {
  getPrimaryDisplay() {
    return display;
  }
  getAllDisplays() {
    return [display];
  }
  getDisplayMatching() {
    return display;
  }
  getDisplayNearestPoint() {
    return display;
  }
  getCursorScreenPoint() {
    return { x: 0, y: 0 };
  }
}
export const screen = new Screen();

export const net = strict('net', {
  /** `BURROW_SIMULATED_OFFLINE=1` takes the network away; a test may also replace the function. */
  isOnline: () => process.env.BURROW_SIMULATED_OFFLINE !== '1',
  get online() {
    return net.isOnline();
  },
  /** Main's own requests, on Node's network stack rather than Chromium's. */
  fetch: (input: string | URL | Request, init?: RequestInit) => fetch(input, init),
});

export const crashReporter = strict('crashReporter', {
  start: () => {},
  getUploadToServer: () => false,
  setUploadToServer: () => {},
  addExtraParameter: () => {},
  removeExtraParameter: () => {},
  getParameters: () => ({}),
  getLastCrashReport: () => null,
  getUploadedReports: () => [],
});

const emptyImage = (): object =>
  strict('nativeImage', {
    isEmpty: () => true,
    getSize: () => ({ width: 0, height: 0 }),
    resize: () => emptyImage(),
    setTemplateImage: () => {},
    toPNG: () => Buffer.alloc(0),
    toDataURL: () => 'data:image/png;base64,',
    addRepresentation: () => {},
  });
export const nativeImage = strict('nativeImage', {
  createEmpty: emptyImage,
  createFromPath: emptyImage,
  createFromBuffer: emptyImage,
  createFromDataURL: emptyImage,
  createFromNamedImage: emptyImage,
});

class SystemPreferences extends strictEmitter('systemPreferences') {
  getAccentColor(): string {
    return '0078d7ff';
  }
  getAnimationSettings() {
    return { shouldRenderRichAnimation: true, scrollAnimationsEnabledBySystem: true, prefersReducedMotion: false };
  }
}
export const systemPreferences = new SystemPreferences();

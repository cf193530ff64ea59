import { isAccelerator, type PressedKey } from './accelerators.ts';
import { BrowserWindow } from './browser-window.ts';
import { hostState } from './host-state.ts';
import { menuRoles } from './menu-roles.ts';
import { strictEmitter } from './strict.ts';

interface ItemOptions {
  label?: string;
  role?: string;
  type?: string;
  id?: string;
  accelerator?: string;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  submenu?: ItemOptions[] | Menu;
  click?(item: MenuItem, window: BrowserWindow | null, event: object): void;
}

let lastCommandId = 0;

export class MenuItem {
  readonly commandId: number;
  readonly id: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** As in Electron: with no arguments it acts as if the person had chosen the item. */
  readonly click: (event?: object, window?: BrowserWindow | null) => void;

  constructor(options: ItemOptions) {
    lastCommandId += 1;
    this.commandId = lastCommandId;
    this.id = options.id ?? '';
    this.role = options.role?.toLowerCase();
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    const role = menuRoles[this.role ?? ''];
    this.label = options.label ?? role?.label ?? options.role ?? '';
    this.accelerator = options.accelerator ?? role?.accelerator;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : options.submenu;
    this.click = (event = {}, window = BrowserWindow.getFocusedWindow()) => {
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked || this.type === 'radio';
      if (options.click) options.click(this, window, event);
      else role?.act?.(window);
    };
  }
}

let applicationMenu: Menu | null = null;

export class Menu extends strictEmitter('Menu') {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** The enabled item of this menu, or below it, that `pressed` is the shortcut of. */
  findByKey(pressed: PressedKey): MenuItem | null {
    for (const item of this.items) {
      if (item.accelerator && item.enabled && isAccelerator(item.accelerator, pressed)) return item;
      const below = item.submenu?.findByKey(pressed);
      if (below) return below;
    }
    return null;
  }
  /** Nothing is drawn; a test clicks the items. */
  popup(): void {
    this.emit('menu-will-show', {});
  }
  closePopup(): void {
    this.emit('menu-will-close', {});
  }
}

hostState.signals.on('key-pressed', (pressed: PressedKey) => applicationMenu?.findByKey(pressed)?.click());

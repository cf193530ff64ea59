import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppCommand } from '../../shared/bridge/events.ts';

/** The application menu: the system's roles, and Burrow's commands, which the window carries out. */
export const setUpMenu = (options: { run: (command: AppCommand) => void; development: boolean }): void => {
  const item = (label: string, command: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => options.run(command),
    ...(accelerator ? { accelerator } : {}),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('New note', 'new-note', 'CmdOrCtrl+N'),
        { type: 'separator' },
        item('Sign out…', 'sign-out'),
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('Search notes', 'search', 'CmdOrCtrl+K'),
        item('Show or hide the sidebar', 'toggle-sidebar', 'CmdOrCtrl+\\'),
        { type: 'separator' },
        item('Notes', 'show-notes', 'CmdOrCtrl+1'),
        item('Connection', 'show-connection', 'CmdOrCtrl+2'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(options.development ? [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};

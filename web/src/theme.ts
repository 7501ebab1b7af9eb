import type { ThemeConfig } from 'antd';

/** antd in the page's own colours and type; flat, without animation. Colours repeat src/style/base.css. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1b4a7e',
    colorLink: '#1b4a7e',
    colorError: '#a8201a',
    colorText: '#1d2129',
    colorTextSecondary: '#4a5363',
    // 4.5:1 on white, where antd's own placeholder grey is 2:1.
    colorTextPlaceholder: '#667080',
    colorTextDisabled: '#667080',
    colorBorder: '#98a2b1',
    borderRadius: 2,
    fontSize: 14,
    fontFamily: 'inherit',
    motion: false,
  },
};

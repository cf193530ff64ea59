// Burrow offers no Solana wallets. @clerk/ui reaches these only from a lazy chunk of wallet buttons;
// without this stand-in it would bring 860 packages and React Native (docs/identity.md).
export const WalletReadyState = {};
export const MAINNET_ENDPOINT = '';
export const ConnectionProvider = ({ children }) => children;
export const WalletProvider = ConnectionProvider;
export const useWallet = () => ({ wallets: [] });

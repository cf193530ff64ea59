/**
 * The characters below U+0250 in the order of ICU's root collation (CLDR 48, as Node 24 has it), frozen here since index
 * entries on disk are keyed by it. Each is its code point in hex; a mark before it says how it differs from the one
 * before: none by its base letter, ' by its accent, " by its case or variant, = not at all. What is left out is ignored.
 */
export const COLLATION = `
9 a b c d 85 20 "a0 5f 2d 2c 3b 3a 21 a1 3f bf 2e b7 27 22 ab bb 28 29 5b 5d 7b 7d a7 b6 40 2a 2f 5c 26 23 25
60 b4 5e af a8 b8 b0 a9 ae 2b b1 f7 d7 3c 3d 3e ac 7c a6 7e a4 a2 24 a3 a5 30 31 "b9 bd bc 32 "b2 33 "b3 be 34
35 36 37 38 39 61 "41 "aa 'e1 "c1 'e0 "c0 '103 "102 'e2 "c2 '1ce "1cd 'e5 "c5 '1fb "1fa 'e4 "c4 '1df "1de 'e3
"c3 '227 "226 '1e1 "1e0 '105 "104 '101 "100 '201 "200 '203 "202 e6 "c6 '1fd "1fc '1e3 "1e2 23a 62 "42 180 "243
181 183 "182 63 "43 '107 "106 '109 "108 '10d "10c '10b "10a 'e7 "c7 23c "23b 188 "187 64 "44 '10f "10e '111
"110 'f0 "d0 238 1f3 "1f2 "1f1 '1c6 "1c5 "1c4 189 18a 18c "18b 221 65 "45 'e9 "c9 'e8 "c8 '115 "114 'ea "ca
'11b "11a 'eb "cb '117 "116 '229 "228 '119 "118 '113 "112 '205 "204 '207 "206 247 "246 1dd "18e 18f 190 66 "46
192 "191 67 "47 '1f5 "1f4 '11f "11e '11d "11c '1e7 "1e6 '121 "120 '123 "122 1e5 "1e4 193 194 1a3 "1a2 68 "48
'125 "124 '21f "21e '127 "126 195 "1f6 69 "49 'ed "cd 'ec "cc '12d "12c 'ee "ce '1d0 "1cf 'ef "cf '129 "128
'130 '12f "12e '12b "12a '209 "208 '20b "20a 133 "132 131 197 196 6a "4a '135 "134 '1f0 237 249 "248 6b "4b
'1e9 "1e8 '137 "136 199 "198 6c "4c '13a "139 '13e "13d '13c "13b '142 "141 '140 "13f 1c9 "1c8 "1c7 19a "23d
234 19b 6d "4d 6e "4e '144 "143 '1f9 "1f8 '148 "147 'f1 "d1 '146 "145 1cc "1cb "1ca 19d 19e "220 235 14b "14a
6f "4f "ba 'f3 "d3 'f2 "d2 '14f "14e 'f4 "d4 '1d2 "1d1 'f6 "d6 '22b "22a '151 "150 'f5 "d5 '22d "22c '22f "22e
'231 "230 'f8 "d8 '1ff "1fe '1eb "1ea '1ed "1ec '14d "14c '20d "20c '20f "20e '1a1 "1a0 153 "152 186 19f 223
"222 70 "50 1a5 "1a4 71 "51 239 24b "24a 138 72 "52 '155 "154 '159 "158 '157 "156 '211 "210 '213 "212 1a6 24d
"24c 73 "53 '15b "15a '15d "15c '161 "160 '15f "15e '219 "218 '17f df 23f 1a9 1aa 74 "54 '165 "164 '163 "162
'21b "21a 1be 167 "166 23e 1ab 1ad "1ac 1ae 236 75 "55 'fa "da 'f9 "d9 '16d "16c 'fb "db '1d4 "1d3 '16f "16e
'fc "dc '1d8 "1d7 '1dc "1db '1da "1d9 '1d6 "1d5 '171 "170 '169 "168 '173 "172 '16b "16a '215 "214 '217 "216
'1b0 "1af 244 19c 1b1 76 "56 1b2 245 77 "57 '175 "174 78 "58 79 "59 'fd "dd '177 "176 'ff "178 '233 "232 24f
"24e 1b4 "1b3 21d "21c 7a "5a '17a "179 '17e "17d '17c "17b 18d 1b6 "1b5 225 "224 240 1b7 '1ef "1ee 1b9 "1b8
1ba fe "de 1bf "1f7 1bb 1a8 "1a7 1bd "1bc 185 "184 242 "241 149 1c0 1c1 1c2 1c3 b5
`;

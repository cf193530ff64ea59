// Prints what ICU4J's root collation gives each character and each contraction: its code points, its general category,
// its collation elements. `java -cp icu4j.jar CollationWeights.java | node ../collation-table.ts`.
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.text.UnicodeSet;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

class CollationWeights {
  static final RuleBasedCollator ROOT = (RuleBasedCollator) Collator.getInstance(Locale.ROOT);

  static void print(String text, int type) {
    String codes = text.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    String elements = LongStream.of(ROOT.internalGetCEs(text)).mapToObj(Long::toHexString).collect(Collectors.joining(" "));
    System.out.println(codes + "\t" + type + "\t" + elements);
  }

  public static void main(String[] arguments) throws Exception {
    for (int code = 0; code < 0x110000; code += 1) {
      int type = UCharacter.getType(code);
      // Unassigned, private and surrogate ones have weights by code point; but for these two.
      boolean implicit = type == 0 || type == 17 || type == 18;
      if (!implicit || code == 0xfffe) print(Character.toString(code), type);
    }
    UnicodeSet contractions = new UnicodeSet();
    ROOT.getContractionsAndExpansions(contractions, null, true);
    for (String text : contractions.strings()) if (text.charAt(0) != 0xfdd1) print(text, 0);
  }
}

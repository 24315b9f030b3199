#pragma once

#include <QByteArrayList>

namespace tidemark::test {

// Names a careless program trips over, as bytes; none holds a '/'.
inline QByteArrayList hostileFileNames()
{
    return { "it's \"quoted\" \\back\\slashed", "two\nlines\r\tand more",
        "$(touch owned) `touch owned` ; touch owned #", "-rf --option", "%1 %n %s ? * [a-z] ~ $HOME ${x} {0}",
        "\xc3\xbcn\xc3\xaf"
        "c\xc3\xb6"
        "de \xe6\x95\xb0 \xf0\x9f\x90\x98",
        "no utf-8 \xff\xfe\xc3 \x80", " lead and trail ", "\\0101 \\n \\x41" };
}

} // namespace tidemark::test

#include "widgets/standings.h"

namespace tidemark {

Token wordsToken(Standing standing)
{
    switch (standing) {
    case Standing::Failed:
        return Token::Fail;
    case Standing::Attention:
        return Token::Warn;
    case Standing::Running:
    case Standing::Waived:
    case Standing::Stale:
    case Standing::Unknown:
        return Token::T2;
    case Standing::None:
    case Standing::Ok:
    case Standing::Quiet:
    case Standing::Missing:
        break;
    }
    return Token::T1;
}

bool isLoud(Standing standing)
{
    return standing == Standing::Failed || standing == Standing::Attention;
}

} // namespace tidemark

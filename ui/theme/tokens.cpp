#include "theme/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::array<TokenRow, std::size_t(Token::Count)> Table { {
    { Token::Win, "win"_L1, 0xffF1F4F5, 0xff13191D },
    { Token::Surface, "surface"_L1, 0xffFFFFFF, 0xff1A2227 },
    { Token::Alt, "alt"_L1, 0xffF7F9FA, 0xff1E272D },
    { Token::Sunken, "sunken"_L1, 0xffE9EEF0, 0xff10161A },
    { Token::Ctl, "ctl"_L1, 0xffFFFFFF, 0xff222D33 },
    { Token::Sep, "sep"_L1, 0xffDCE3E6, 0xff2C373E },
    { Token::Grid, "grid"_L1, 0xffE6EBEE, 0xff27323A },
    { Token::Line, "line"_L1, 0xffC3CDD2, 0xff42515A },
    { Token::Edge, "edge"_L1, 0xff82919B, 0xff6E7E88 },
    { Token::T1, "t1"_L1, 0xff15212A, 0xffE6ECEF },
    { Token::T2, "t2"_L1, 0xff475761, 0xffAEBBC3 },
    { Token::T3, "t3"_L1, 0xff62717B, 0xff8A99A3 },
    { Token::Acc, "acc"_L1, 0xff0B6480, 0xff5CBDD8 },
    { Token::Acc2, "acc2"_L1, 0xff084F66, 0xff8AD3E7 },
    { Token::AccFill, "accfill"_L1, 0xff0B6480, 0xff1C7692 },
    { Token::OnAcc, "onacc"_L1, 0xffFFFFFF, 0xffFFFFFF },
    { Token::AccLine, "accline"_L1, 0xff86B9C9, 0xff2F7388 },
    { Token::AccTint, "acctint"_L1, 0xffDFEEF3, 0xff17363F },
    { Token::Sel, "sel"_L1, 0xffD3E7EE, 0xff1D4350 },
    { Token::Band, "band"_L1, 0xff2A7A96, 0xff4AA7C3 },
    { Token::OnBand, "onband"_L1, 0xffFFFFFF, 0xff07161C },
    { Token::Band2, "band2"_L1, 0xffA9D2DE, 0xff235566 },
    { Token::Ok, "ok"_L1, 0xff0B7457, 0xff4CC79C },
    { Token::OkFill, "okfill"_L1, 0xff17936F, 0xff52CCA1 },
    { Token::OkTint, "oktint"_L1, 0xffDFF3EB, 0xff15352C },
    { Token::Warn, "warn"_L1, 0xff8F5200, 0xffEDB450 },
    { Token::WarnFill, "warnfill"_L1, 0xffE39A12, 0xffE2A53B },
    { Token::WarnTint, "warntint"_L1, 0xffFDF0D8, 0xff3A2E16 },
    { Token::WarnLine, "warnline"_L1, 0xffB06F00, 0xffE2A53B },
    { Token::Fail, "fail"_L1, 0xffB3203A, 0xffFF8A96 },
    { Token::FailFill, "failfill"_L1, 0xffC4243F, 0xffF0606F },
    { Token::FailTint, "failtint"_L1, 0xffFBE5E8, 0xff431F26 },
    { Token::Danger, "danger"_L1, 0xffC4243F, 0xffC2203A },
    { Token::OnDanger, "ondanger"_L1, 0xffFFFFFF, 0xffFFFFFF },
    { Token::Run, "run"_L1, 0xff1B5FBF, 0xff86B4FF },
    { Token::RunFill, "runfill"_L1, 0xff2F76DB, 0xff659CF5 },
    { Token::RunTint, "runtint"_L1, 0xffE3EDFB, 0xff1B2D4A },
    { Token::Hold, "hold"_L1, 0xff54308A, 0xffD0BCFF },
    { Token::HoldFill, "holdfill"_L1, 0xff56308A, 0xffCDB7FF },
    { Token::HoldTint, "holdtint"_L1, 0xffEEE7F8, 0xff2F2745 },
    { Token::Prod, "prod"_L1, 0xffA8102B, 0xffC2203A },
    { Token::OnProd, "onprod"_L1, 0xffFFFFFF, 0xffFFFFFF },
    { Token::ProdEdge, "prodedge"_L1, 0xffA8102B, 0xffDE4458 },
    { Token::Test, "test"_L1, 0xff4C5F6B, 0xff5D717E },
    { Token::OnTest, "ontest"_L1, 0xffFFFFFF, 0xffFFFFFF },
    { Token::Future, "future"_L1, 0xffF4F6F8, 0xff161D21 },
    { Token::FutLine, "futline"_L1, 0xffD3DBE0, 0xff303C43 },
    { Token::C1, "c1"_L1, 0xff2A7A96, 0xff4AA9C5 },
    { Token::C2, "c2"_L1, 0xffB0701A, 0xffE0A04A },
    { Token::C3, "c3"_L1, 0xff7C58B8, 0xffA98FE3 },
    { Token::C4, "c4"_L1, 0xff5D6D78, 0xff8C9BA5 },
    { Token::Console, "console"_L1, 0xffF7F9FA, 0xff12181C },
} };

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF()))
        + 0.0722 * linear(double(color.blueF()));
}

} // namespace

std::span<const TokenRow> tokenTable()
{
    return Table;
}

double contrast(const QColor &one, const QColor &other)
{
    // By name: std::minmax would answer with references to two temporaries.
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace tidemark

#pragma once

#include <QColor>
#include <QLatin1StringView>

#include <span>

namespace tidemark {

// The colours by meaning. Nothing in ui/ names a colour in any other way.
enum class Token : quint8 {
    Win, // window, navigation, bars
    Surface, // content
    Alt, // table headers, side panes, footers
    Sunken, // tracks of bars
    Ctl, // buttons, fields
    Sep, // 1 px separators
    Grid, // lines of charts and between rows
    Line, // outline of buttons
    Edge, // outline of fields, check and radio boxes
    T1, // text
    T2, // secondary text
    T3, // hints; on Sel use T2
    Acc, // accent, links, cursor
    Acc2, // accent on AccTint
    AccFill, // primary button
    OnAcc,
    AccLine, // focus ring
    AccTint, // active segment
    Sel, // selected row
    Band, // "restorable" and data
    OnBand,
    Band2,
    Ok,
    OkFill,
    OkTint,
    Warn,
    WarnFill,
    WarnTint,
    WarnLine,
    Fail,
    FailFill,
    FailTint,
    Danger, // destructive button
    OnDanger,
    Run,
    RunFill,
    RunTint,
    Hold,
    HoldFill,
    HoldTint,
    Prod, // production block
    OnProd,
    ProdEdge,
    Test, // test block
    OnTest,
    Future, // ground of the simulated future
    FutLine,
    C1, // chart series, each also with its own dash or marker
    C2,
    C3,
    C4,
    Console, // ground of logs
    Count
};

struct TokenRow {
    Token token;
    QLatin1StringView name;
    QRgb light;
    QRgb dark;
};

[[nodiscard]] std::span<const TokenRow> tokenTable();

// (lighter + 0.05) / (darker + 0.05) of the relative luminances, as WCAG has it.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

} // namespace tidemark

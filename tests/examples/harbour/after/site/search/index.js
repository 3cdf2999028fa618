variorum("index",[1,500,[["2024","0b28ecb8"]],["a6d24c5c"]]);

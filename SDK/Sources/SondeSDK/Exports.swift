// A plugin implements `sonde_plugin_main`, which the header declares: authors import one module, not two.
@_exported public import CSonde

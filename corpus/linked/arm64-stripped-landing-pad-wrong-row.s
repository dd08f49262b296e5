// arch: arm64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: unproved undescribed sub_30250
// expect: OH301 sub_10020+0x4
// why: only an exception leads to the cold part; it is tied to its function by the landing pad, whose row is wrong

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Llsda
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	mov	w19, w0
.Lb0:
	bl	step
.Le0:
.Lback:
	add	w0, w0, w19
	ldr	x19, [sp, 16]
	.cfi_restore	19
	ldp	x29, x30, [sp], 32
	.cfi_def_cfa_offset	0
	.cfi_restore	29
	.cfi_restore	30
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely, "ax", %progbits
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Llsda_cold
	nop
	.cfi_def_cfa_offset	48		// planted: the frame is 32 bytes
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	.cfi_offset	19, -16
.Lpad:
.Lb1:
	bl	__cxa_begin_catch
	bl	__cxa_end_catch
.Le1:
	mov	w0, w19
	b	.Lback
	.cfi_endproc
	.size	f.cold, .-f.cold
	.section	.gcc_except_table, "a", %progbits
	.p2align	2
.Llsda:
	.byte	0x1b			// landing pads count from the cold part's start
	.long	f.cold-.
	.byte	0x9b
	.uleb128	.Ltypes-.Lref
.Lref:
	.byte	1
	.uleb128	.Lsites_end-.Lsites
.Lsites:
	.uleb128	.Lb0-f, .Le0-.Lb0, .Lpad-f.cold, 1
.Lsites_end:
	.byte	1, 0
	.p2align	2
	.long	0
.Ltypes:
.Llsda_cold:
	.byte	0xff, 0xff, 1
	.uleb128	.Lcold_end-.Lcold
.Lcold:
	.uleb128	.Lb1-f.cold, .Le1-.Lb1, 0, 0
.Lcold_end:
	.section	.data.rel.local, "aw", %progbits
	.p2align	3
	.hidden	DW.ref.__gxx_personality_v0
DW.ref.__gxx_personality_v0:
	.quad	__gxx_personality_v0

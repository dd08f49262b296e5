// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: silent
// why: GCC begins a fragment with a no-op, which has the row of an entry, when a landing pad would be at its start; it is
//      a fragment all the same

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	testl	%edi, %edi
	js	.Lcold
.Lback:
	leal	1(%rbx), %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	nop
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
.Lcold:
	movl	$3, %ebx
	jmp	.Lback
	.cfi_endproc
	.size	f.cold, .-f.cold
